using Chat.ServiceDefaults.Health;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Chat.ServiceDefaults.Clients;

public static partial class RedisExtensions
{
    /// <summary>
    /// Adds an <c>IConnectionMultiplexer</c> over <c>ConnectionStrings:{connectionName}</c>, which connects whenever Redis
    /// comes, and the health check "redis".
    /// </summary>
    /// <exception cref="InvalidOperationException">The connection string is missing.</exception>
    public static WebApplicationBuilder AddRedis(this WebApplicationBuilder builder, string connectionName)
    {
        builder.RequireConnectionString(connectionName);
        AddClient(builder, connectionName);
        builder.Services.AddHealthChecks().AddCheck<RedisHealthCheck>("redis");
        return builder;
    }

    static partial void AddClient(WebApplicationBuilder builder, string connectionName);
}
