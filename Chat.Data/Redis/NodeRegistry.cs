using StackExchange.Redis;

namespace Chat.Data.Redis;

/// <summary>Which realtime nodes are alive. A node that stops giving signs of life is forgotten after <see cref="Lifetime"/>.</summary>
public sealed class NodeRegistry(IConnectionMultiplexer redis, TimeProvider time)
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(15);

    /// <exception cref="RedisException">Redis could not be reached.</exception>
    public Task SignOfLifeAsync(string node) => RedisSpan.RunAsync("ZADD", async () =>
    {
        var nodes = redis.GetDatabase();
        await nodes.SortedSetAddAsync(RedisKeys.RealtimeNodes, node, Now());
        await nodes.SortedSetRemoveRangeByScoreAsync(RedisKeys.RealtimeNodes, double.NegativeInfinity, Oldest());
        return true;
    });

    /// <summary>The names of the nodes alive, in alphabetical order.</summary>
    /// <exception cref="RedisException">Redis could not be reached.</exception>
    public async Task<IReadOnlyList<string>> ListAsync()
    {
        var nodes = await RedisSpan.RunAsync(
            "ZRANGEBYSCORE", () => redis.GetDatabase().SortedSetRangeByScoreAsync(RedisKeys.RealtimeNodes, Oldest()));
        return [.. nodes.Select(n => n.ToString()).Order(StringComparer.Ordinal)];
    }

    private double Now() => time.GetUtcNow().ToUnixTimeMilliseconds();

    private double Oldest() => Now() - Lifetime.TotalMilliseconds;
}
