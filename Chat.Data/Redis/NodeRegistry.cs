using StackExchange.Redis;

namespace Chat.Data.Redis;

/// <summary>Which nodes of a kind are alive. A node that stops giving signs of life is forgotten after <see cref="Lifetime"/>.</summary>
public sealed class NodeRegistry(IConnectionMultiplexer redis, TimeProvider time)
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(15);

    /// <summary>The client library itself would wait for a hung Redis for ever.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    /// <exception cref="RedisException">Redis could not be reached.</exception>
    /// <exception cref="TimeoutException">It does not answer.</exception>
    public Task SignOfLifeAsync(string node, NodeKind kind = NodeKind.Realtime) => RedisSpan.RunAsync("ZADD", async () =>
    {
        var nodes = redis.GetDatabase();
        await nodes.SortedSetAddAsync(KeyOf(kind), node, Now()).WaitAsync(Patience, time);
        await nodes.SortedSetRemoveRangeByScoreAsync(KeyOf(kind), double.NegativeInfinity, Oldest()).WaitAsync(Patience, time);
        return true;
    });

    /// <summary>The names of the nodes alive, in alphabetical order.</summary>
    /// <exception cref="RedisException">Redis could not be reached.</exception>
    /// <exception cref="TimeoutException">It does not answer.</exception>
    public async Task<IReadOnlyList<string>> ListAsync(NodeKind kind = NodeKind.Realtime)
    {
        var nodes = await RedisSpan.RunAsync(
            "ZRANGEBYSCORE", () => redis.GetDatabase().SortedSetRangeByScoreAsync(KeyOf(kind), Oldest()).WaitAsync(Patience, time));
        return [.. nodes.Select(n => n.ToString()).Order(StringComparer.Ordinal)];
    }

    private static string KeyOf(NodeKind kind) => kind == NodeKind.Api ? RedisKeys.ApiNodes : RedisKeys.RealtimeNodes;

    private double Now() => time.GetUtcNow().ToUnixTimeMilliseconds();

    private double Oldest() => Now() - Lifetime.TotalMilliseconds;
}

/// <summary>What a node serves.</summary>
public enum NodeKind
{
    Realtime,
    Api,
}
