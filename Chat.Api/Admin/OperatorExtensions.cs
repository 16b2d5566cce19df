using System.Security.Claims;
using Chat.Data.Accounts;
using Chat.Data.Audit;
using Chat.ServiceDefaults.Authentication;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.BearerToken;

namespace Chat.Api.Admin;

internal static class OperatorExtensions
{
    /// <summary>The policy of everything under <c>/api/admin</c>.</summary>
    public const string Policy = "operator";

    /// <summary>An operator is who has the operator key, or an access token of an account with that role.</summary>
    public static void AddOperators(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<OperatorOptions>().BindConfiguration("Operator").ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddAuthentication()
            .AddScheme<AuthenticationSchemeOptions, OperatorAuthentication>(OperatorAuthentication.SchemeName, _ => { });

        // A wrong key is the caller's affair and shows as 401; the framework would log each attempt.
        builder.Logging.AddFilter(typeof(OperatorAuthentication).FullName, LogLevel.Warning);
        builder.Services.AddAuthorizationBuilder().AddPolicy(Policy, policy => policy
            .AddAuthenticationSchemes(BearerTokenDefaults.AuthenticationScheme, OperatorAuthentication.SchemeName)
            .RequireRole(Roles.Operator));
    }

    /// <summary>As whom an operator acts: as themself where they are signed in, else as whoever has the key.</summary>
    public static Actor Actor(this ClaimsPrincipal caller) => new(
        Guid.TryParse(caller.FindFirstValue(ChatClaims.Subject), out var userId) ? userId : null,
        ByKey: caller.Identities.Any(identity => identity.AuthenticationType == OperatorAuthentication.SchemeName));
}
