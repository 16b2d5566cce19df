using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Chat.ServiceDefaults.Authentication;

/// <summary>STAND-IN: the bearer token is the user's id.</summary>
public static class AuthenticationExtensions
{
    public static WebApplicationBuilder AddChatAuthentication(this WebApplicationBuilder builder)
    {
        builder.Services.AddAuthentication("StandIn").AddScheme<AuthenticationSchemeOptions, StandIn>("StandIn", null);
        builder.Services.AddAuthorization();
        return builder;
    }

    public static Guid UserId(this ClaimsPrincipal user) => Guid.Parse(user.FindFirstValue("sub")!);

    public static Guid SessionId(this ClaimsPrincipal user) => Guid.Parse(user.FindFirstValue("sid")!);

    private sealed class StandIn(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory log, UrlEncoder encoder)
        : AuthenticationHandler<AuthenticationSchemeOptions>(options, log, encoder)
    {
        protected override Task<AuthenticateResult> HandleAuthenticateAsync()
        {
            if (!Guid.TryParse(Request.Headers.Authorization.ToString().Replace("Bearer ", "", StringComparison.Ordinal), out var id))
            {
                return Task.FromResult(AuthenticateResult.NoResult());
            }

            var identity = new ClaimsIdentity([new("sub", id.ToString()), new("sid", id.ToString())], "StandIn");
            return Task.FromResult(AuthenticateResult.Success(new(new(identity), "StandIn")));
        }
    }
}
