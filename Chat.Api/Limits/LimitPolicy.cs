namespace Chat.Api.Limits;

/// <summary>What a request counts as. Each has a limit of its own in <see cref="RateLimitOptions"/>.</summary>
internal enum LimitPolicy
{
    /// <summary>By user: whatever changes nothing.</summary>
    Reads,

    /// <summary>By user: whatever changes something and is no message.</summary>
    Changes,

    /// <summary>By user: messages and polls.</summary>
    Sends,

    /// <summary>By user: looking for people and messages.</summary>
    Searches,

    /// <summary>By address: registering and signing in, which cost 100 ms of a core each.</summary>
    SignIns,

    /// <summary>By address: exchanging refresh tokens.</summary>
    Refreshes,

    /// <summary>By address: whatever else comes without a valid access token.</summary>
    Anonymous,

    /// <summary>By account name, from wherever: wrong passwords lock an account, and this bounds the work of those that come after.</summary>
    Names,
}

/// <summary>Which limits the requests to an endpoint count in. Said on the group; the nearest to the endpoint holds.</summary>
/// <param name="Reading">Of GET and HEAD.</param>
/// <param name="Changing">Of all other methods.</param>
internal sealed record LimitedBy(LimitPolicy Reading, LimitPolicy Changing)
{
    public bool ByAddress => Changing >= LimitPolicy.SignIns;

    public LimitPolicy Of(HttpRequest request) => HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) ? Reading : Changing;
}

internal static class LimitedByExtensions
{
    /// <summary>All of its requests count in one limit.</summary>
    public static TBuilder LimitedBy<TBuilder>(this TBuilder endpoints, LimitPolicy policy)
        where TBuilder : IEndpointConventionBuilder => endpoints.LimitedBy(policy, policy);

    public static TBuilder LimitedBy<TBuilder>(this TBuilder endpoints, LimitPolicy reading, LimitPolicy changing)
        where TBuilder : IEndpointConventionBuilder => endpoints.WithMetadata(new LimitedBy(reading, changing));
}
