using Microsoft.AspNetCore.Authentication.BearerToken;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Chat.ServiceDefaults.Authentication;

public static class AuthenticationExtensions
{
    private const string Scheme = BearerTokenDefaults.AuthenticationScheme;

    /// <summary>
    /// Access tokens, accepted alike by every service that shares the key ring (<c>AddKeyRing</c>). An endpoint that says nothing
    /// else needs one; <c>AllowAnonymous</c> opens it.
    /// </summary>
    public static WebApplicationBuilder AddChatAuthentication(this WebApplicationBuilder builder)
    {
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.AddSingleton<EndedSessions>();
        builder.Services.AddSingleton<AccessTokens>();
        builder.Services.AddAuthentication(Scheme).AddBearerToken(options => options.Events.OnMessageReceived = HubToken.ReadAsync);
        builder.Services.AddOptions<BearerTokenOptions>(Scheme).PostConfigure<EndedSessions>(
            (options, ended) => options.BearerTokenProtector = new LiveSessionsOnly(options.BearerTokenProtector, ended));
        builder.Services.AddAuthorizationBuilder()
            .SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());
        return builder;
    }

    /// <summary>
    /// To stand after <c>MapServiceDefaults</c>, so that refusals get a body; left to itself the framework puts it before.
    /// </summary>
    public static WebApplication UseChatAuthentication(this WebApplication app)
    {
        app.UseAuthentication();
        app.UseAuthorization();
        return app;
    }
}
