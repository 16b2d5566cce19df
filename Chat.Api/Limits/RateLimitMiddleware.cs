using System.Security.Claims;
using Chat.Data.RateLimits;
using Chat.ServiceDefaults.Authentication;
using Chat.ServiceDefaults.Problems;

namespace Chat.Api.Limits;

/// <summary>
/// Lets a request on while its user, or without one its address, keeps to the limit that the endpoint names. Stands between authentication,
/// which says who it is, and authorization, so that requests without a valid token are counted too.
/// </summary>
internal sealed class RateLimitMiddleware(RequestDelegate next, RateLimiter limiter, PolicyLimits limits)
{
    public async Task InvokeAsync(HttpContext context)
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<LimitedBy>() is { } limited && await RefuseAsync(context, limited))
        {
            return;
        }

        await next(context);
    }

    private async ValueTask<bool> RefuseAsync(HttpContext context, LimitedBy limited)
    {
        var user = limited.ByAddress ? null : context.User.FindFirstValue(ChatClaims.Subject);
        var policy = user is null && !limited.ByAddress ? LimitPolicy.Anonymous : limited.Of(context.Request);
        var limit = limits[policy];
        var permit = await limiter.TakeAsync(limit.Limit, user ?? ClientAddress.Of(context.Connection.RemoteIpAddress));
        limit.Tell(context.Response, permit);
        if (permit.Granted)
        {
            return false;
        }

        await RateLimitAnswers.Refusal().ExecuteAsync(context);
        return true;
    }
}

internal static class RateLimitAnswers
{
    /// <summary>Says in the header fields what is left and, to who is refused, when to come back.</summary>
    public static void Tell(this PolicyLimit limit, HttpResponse response, Permit permit)
    {
        response.Headers["RateLimit-Policy"] = limit.Policy;
        response.Headers["RateLimit"] = limit.State(permit);
        if (!permit.Granted)
        {
            response.Headers.RetryAfter = $"{PolicyLimit.Seconds(permit.Wait)}";
        }
    }

    public static IResult Refusal() => Problems.Of(ProblemType.RateLimited, "Nothing was done. Wait as long as Retry-After says.");
}
