namespace Chat.AppHost.Containers;

internal static class RedisContainer
{
    /// <summary>Without a volume: it rings the doorbell and caches, and may be lost at any moment.</summary>
    public static IResourceBuilder<RedisResource> AddRedisContainer(
        this IDistributedApplicationBuilder builder, string name, IResourceBuilder<ParameterResource> password)
    {
        var redis = builder.AddRedis(name, password: password);

#pragma warning disable ASPIRECERTIFICATES001 // Experimental. Left out, a trusted development certificate switches Redis to TLS
        // in run mode alone, and what is developed against is not what is deployed.
        redis.WithoutHttpsCertificate();
#pragma warning restore ASPIRECERTIFICATES001

        Publishing.TargetOf(builder)?.ConfigureStore(redis);
        return redis;
    }
}
