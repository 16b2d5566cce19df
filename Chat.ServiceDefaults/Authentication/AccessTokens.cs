using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.BearerToken;
using Microsoft.Extensions.Options;

namespace Chat.ServiceDefaults.Authentication;

/// <summary>Makes access tokens: the framework's bearer tokens, which every process with the same key ring accepts.</summary>
public sealed class AccessTokens(IOptionsMonitor<BearerTokenOptions> options, TimeProvider time)
{
    /// <summary>An ended session's access ends after this long even on a node that nobody told.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);

    private const string Scheme = BearerTokenDefaults.AuthenticationScheme;

    /// <summary>A token, and when it expires.</summary>
    public (string Token, DateTimeOffset ExpiresAt) Issue(Guid userId, Guid sessionId, IEnumerable<string> roles)
    {
        var expiresAt = time.GetUtcNow() + Lifetime;
        var identity = new ClaimsIdentity(
            [
                new Claim(ChatClaims.Subject, userId.ToString()),
                new Claim(ChatClaims.Session, sessionId.ToString()),
                .. roles.Select(role => new Claim(ChatClaims.Role, role)),
            ],
            Scheme, nameType: ChatClaims.Subject, roleType: ChatClaims.Role);
        var ticket = new AuthenticationTicket(
            new ClaimsPrincipal(identity), new AuthenticationProperties { ExpiresUtc = expiresAt }, Scheme);
        return (options.Get(Scheme).BearerTokenProtector.Protect(ticket), expiresAt);
    }
}
