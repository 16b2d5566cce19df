using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using Chat.Data.Accounts;
using Chat.ServiceDefaults.Authentication;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace Chat.Api.Admin;

/// <summary>
/// Whoever sends the operator key is an operator, with or without an account. Compares in constant time, so that the key cannot be
/// guessed byte by byte.
/// </summary>
internal sealed class OperatorAuthentication(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, IOptions<OperatorOptions> key)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string SchemeName = "OperatorKey";

    public const string Header = "X-Operator-Key";

    protected override Task<AuthenticateResult> HandleAuthenticateAsync() => Task.FromResult(Authenticate());

    private AuthenticateResult Authenticate()
    {
        var given = Request.Headers[Header].ToString();
        if (given.Length == 0)
        {
            return AuthenticateResult.NoResult();
        }

        if (!CryptographicOperations.FixedTimeEquals(Hash(given), Hash(key.Value.Key)))
        {
            return AuthenticateResult.Fail("The operator key is wrong.");
        }

        var identity = new ClaimsIdentity(
            [new Claim(ChatClaims.Role, Roles.Operator)], SchemeName, nameType: ChatClaims.Subject, roleType: ChatClaims.Role);
        return AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), SchemeName));
    }

    private static byte[] Hash(string key) => SHA256.HashData(Encoding.UTF8.GetBytes(key));
}
