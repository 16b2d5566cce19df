using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Hosting;

namespace Chat.ServiceDefaults.Clients;

public static partial class RedisExtensions
{
    static partial void AddClient(WebApplicationBuilder builder, string connectionName) => builder.AddRedisClient(
        connectionName,
        settings =>
        {
            // The package's check says Unhealthy; ours says Degraded, because a service without Redis still serves.
            settings.DisableHealthChecks = true;

            // Our own spans, the same in both worlds: Chat.Data/Redis/RedisSpan.cs.
            settings.DisableTracing = true;
        },
        options => options.AbortOnConnectFail = false);
}
