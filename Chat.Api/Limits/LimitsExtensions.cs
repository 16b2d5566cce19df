using Chat.Data.RateLimits;
using Chat.ServiceDefaults.Problems;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Http.Timeouts;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.Options;
using StackExchange.Redis;
using IPNetwork = System.Net.IPNetwork;

namespace Chat.Api.Limits;

/// <summary>How often, how long and how much one may ask: docs/limits.md.</summary>
internal static class LimitsExtensions
{
    public static void AddLimits(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<RateLimitOptions>().BindConfiguration(RateLimitOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<RequestOptions>().BindConfiguration(RequestOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<PolicyLimits>();
        services.AddSingleton<Replicas>();
        services.AddHostedService(provider => provider.GetRequiredService<Replicas>());
        services.AddSingleton(provider =>
        {
            var replicas = provider.GetRequiredService<Replicas>();
            return new RateLimiter(
                provider.GetRequiredService<IConnectionMultiplexer>(), () => replicas.Count, provider.GetRequiredService<TimeProvider>(),
                provider.GetRequiredService<ILogger<RateLimiter>>());
        });
        services.AddRequestTimeouts();
        services.AddOptions<RequestTimeoutOptions>().Configure<IOptions<RequestOptions>>((timeouts, requests) =>
            timeouts.DefaultPolicy = new RequestTimeoutPolicy
            {
                Timeout = requests.Value.Timeout,
                TimeoutStatusCode = StatusCodes.Status503ServiceUnavailable,
                WriteTimeoutResponse = context =>
                {
                    // Still the token that went off, which would end the writing too; the middleware puts its own back.
                    context.RequestAborted = CancellationToken.None;
                    return Problems.Of(ProblemType.OutcomeUnknown, "It took too long.").ExecuteAsync(context);
                },
            });
        services.AddOptions<ForwardedHeadersOptions>().Configure<IOptions<RateLimitOptions>>((forwarded, limits) =>
        {
            forwarded.ForwardedHeaders = ForwardedHeaders.XForwardedFor;
            forwarded.KnownProxies.Clear();
            forwarded.KnownIPNetworks.Clear();
            foreach (var network in limits.Value.TrustedProxies)
            {
                forwarded.KnownIPNetworks.Add(IPNetwork.Parse(network));
            }
        });
    }

    /// <summary>To stand before authentication.</summary>
    public static void UseRequestLimits(this WebApplication app)
    {
        if (Options(app).TrustedProxies.Length > 0)
        {
            app.UseForwardedHeaders();
        }

        app.UseRequestTimeouts();
    }

    /// <summary>To stand between authentication and authorization.</summary>
    public static void UseRateLimits(this WebApplication app)
    {
        if (Options(app).Enabled)
        {
            app.UseMiddleware<RateLimitMiddleware>();
        }
    }

    /// <summary>Bytes that a body may have, where that is not the usual 256 KB.</summary>
    public static TBuilder WithBodyLimit<TBuilder>(this TBuilder endpoints, long bytes)
        where TBuilder : IEndpointConventionBuilder => endpoints.WithMetadata(new BodyLimit(bytes));

    private static RateLimitOptions Options(WebApplication app) => app.Services.GetRequiredService<IOptions<RateLimitOptions>>().Value;

    private sealed record BodyLimit(long? MaxRequestBodySize) : IRequestSizeLimitMetadata;
}
