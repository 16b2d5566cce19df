namespace Chat.Data.Redis;

/// <summary>Every key and channel in Redis, named in this one place.</summary>
internal static class RedisKeys
{
    /// <summary>Sorted set: the names of realtime nodes, scored by the Unix time in milliseconds of their last sign of life.</summary>
    public const string RealtimeNodes = "chat:realtime-nodes";
}
