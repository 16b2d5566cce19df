using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using StackExchange.Redis;

namespace Chat.ServiceDefaults.Clients;

public static partial class RedisExtensions
{
    static partial void AddClient(WebApplicationBuilder builder, string connectionName)
    {
        var options = ConfigurationOptions.Parse(builder.RequireConnectionString(connectionName));
        options.AbortOnConnectFail = false;
        builder.Services.AddSingleton<IConnectionMultiplexer>(_ => ConnectionMultiplexer.Connect(options));
    }
}
