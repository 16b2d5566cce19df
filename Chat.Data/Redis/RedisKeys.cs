namespace Chat.Data.Redis;

/// <summary>Every key in Redis, named in this one place; channels: <see cref="Events.RedisChannels"/>.</summary>
internal static class RedisKeys
{
    /// <summary>Sorted set: the names of realtime nodes, scored by the Unix time in milliseconds of their last sign of life.</summary>
    public const string RealtimeNodes = "chat:realtime-nodes";
}
