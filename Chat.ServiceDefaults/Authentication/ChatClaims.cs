using System.Security.Claims;

namespace Chat.ServiceDefaults.Authentication;

/// <summary>What an access token says of its bearer.</summary>
public static class ChatClaims
{
    /// <summary>The user's id.</summary>
    public const string Subject = "sub";

    /// <summary>The id of the session, which is one sign-in on one device.</summary>
    public const string Session = "sid";

    public const string Role = "role";

    /// <exception cref="InvalidOperationException">Nobody is signed in: the endpoint lets in whoever comes.</exception>
    public static Guid UserId(this ClaimsPrincipal principal) => Read(principal, Subject);

    /// <exception cref="InvalidOperationException">Nobody is signed in, or by something else than an access token.</exception>
    public static Guid SessionId(this ClaimsPrincipal principal) => Read(principal, Session);

    private static Guid Read(ClaimsPrincipal principal, string claim) => Guid.TryParse(principal.FindFirstValue(claim), out var id)
        ? id
        : throw new InvalidOperationException($"The principal has no claim '{claim}'.");
}
