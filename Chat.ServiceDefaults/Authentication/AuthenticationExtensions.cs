using Microsoft.AspNetCore.Authentication.BearerToken;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Chat.ServiceDefaults.Authentication;

public static class AuthenticationExtensions
{
    private const string Scheme = BearerTokenDefaults.AuthenticationScheme;

    /// <summary>
    /// Access tokens, accepted alike by every service that shares the key ring (<c>AddKeyRing</c>). Endpoints ask for one by
    /// <c>RequireAuthorization</c>. There is no fallback policy: it would answer unknown addresses and methods with 401.
    /// </summary>
    public static WebApplicationBuilder AddChatAuthentication(this WebApplicationBuilder builder)
    {
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.AddSingleton<EndedSessions>();
        builder.Services.AddSingleton<AccessTokens>();
        builder.Services.AddAuthentication(Scheme).AddBearerToken();
        builder.Services.AddOptions<BearerTokenOptions>(Scheme).PostConfigure<EndedSessions>(
            (options, ended) => options.BearerTokenProtector = new LiveSessionsOnly(options.BearerTokenProtector, ended));
        builder.Services.AddAuthorization();
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
