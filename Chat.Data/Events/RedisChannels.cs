using StackExchange.Redis;

namespace Chat.Data.Events;

/// <summary>
/// Every channel in Redis, named in this one place. Conversation events go by a fixed number of shards, not by a channel a
/// conversation: docs/adr/0004-event-shards.md says why.
/// </summary>
public static class RedisChannels
{
    /// <summary>All processes must agree on it: a change needs all of them stopped.</summary>
    public const int Shards = 32;

    private static readonly RedisChannel[] Events = [.. Enumerable.Range(0, Shards).Select(shard => Literal($"chat:events:{shard}"))];

    /// <summary>Membership changes and ended sessions; every realtime node listens, always.</summary>
    internal static readonly RedisChannel Control = Literal("chat:control");

    /// <summary>Users whose presence may have changed, as 16 bytes each; a node listens once somebody on it watches anybody.</summary>
    internal static readonly RedisChannel Presence = Literal("chat:presence");

    /// <summary>Links that the worker has signed; every API process listens where links are shared.</summary>
    internal static readonly RedisChannel Links = Literal("chat:links");

    /// <summary>The shard that carries a conversation's events. The end of a version 7 UUID is random, so they spread evenly.</summary>
    public static int ShardOf(Guid conversationId)
    {
        Span<byte> bytes = stackalloc byte[16];
        conversationId.TryWriteBytes(bytes, bigEndian: true, out _);
        return bytes[15] % Shards;
    }

    internal static RedisChannel EventsOf(int shard) => Events[shard];

    /// <summary>Rung when there is work for a job; nothing is lost when nobody hears it.</summary>
    internal static RedisChannel Doorbell(string job) => Literal($"chat:doorbell:{job}");

    private static RedisChannel Literal(string name) => new(name, RedisChannel.PatternMode.Literal);
}
