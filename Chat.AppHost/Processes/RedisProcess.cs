namespace Chat.AppHost.Processes;

/// <summary>A Redis server that keeps nothing on disk: it rings the doorbell and caches, and may be lost at any moment.</summary>
internal sealed class RedisProcess(string name, ParameterResource password)
    : ExecutableResource(name, "bash", AppContext.BaseDirectory), IResourceWithConnectionString
{
    public EndpointReference Endpoint => new(this, "tcp");

    public ReferenceExpression ConnectionStringExpression => ReferenceExpression.Create(
        $"{Endpoint.Property(EndpointProperty.HostAndPort)},password={password}");
}

internal static class RedisProcessExtensions
{
    public static IResourceBuilder<RedisProcess> AddRedisProcess(
        this IDistributedApplicationBuilder builder, string name, IResourceBuilder<ParameterResource> password)
    {
        var redis = new RedisProcess(name, password.Resource);
        return builder.AddResource(redis)
            .WithEndpoint(builder.Port(name), scheme: "tcp", name: "tcp", isProxied: false)
            .WithArgs("Processes/redis.sh", DataDirectory.PathTo(builder, name))
            .WithEnvironment("REDIS_PORT", redis.Endpoint.Property(EndpointProperty.TargetPort))
            .WithEnvironment("REDIS_PASSWORD", password)
            .WithPingHealthCheck(password.Resource);
    }
}
