namespace Chat.Data.Redis;

/// <summary>Every key in Redis, named in this one place; channels: <see cref="Events.RedisChannels"/>.</summary>
internal static class RedisKeys
{
    /// <summary>Sorted set: the names of realtime nodes, scored by the Unix time in milliseconds of their last sign of life.</summary>
    public const string RealtimeNodes = "chat:realtime-nodes";

    /// <summary>The same of the ids under which processes keep their users' presence, which no two processes share.</summary>
    public const string PresenceNodes = "chat:presence-nodes";

    /// <summary>Hash of a user: state by presence node, and <c>seen</c>, the Unix time in milliseconds when they last went.</summary>
    public static string Presence(Guid userId) => $"chat:presence:{userId:N}";

    /// <summary>Set: the ids (16 bytes) of files whose links the worker is asked to sign.</summary>
    public const string WantedLinks = "chat:links:wanted";

    /// <summary>String: the worker that signs links, for as long as it renews it.</summary>
    public const string LinkSigner = "chat:links:signer";

    /// <summary>Hash by file id: the links that expire then (Unix seconds).</summary>
    public static string SignedLinks(long expires) => $"chat:links:signed:{expires}";

    /// <summary>Set: the ids of files that are in use, whose links are to be signed for the window whose links expire then.</summary>
    public static string LinksToRenew(long expires) => $"chat:links:to-renew:{expires}";

    /// <summary>The same of the API's replicas.</summary>
    public const string ApiNodes = "chat:api-nodes";

    /// <summary>
    /// String: a rate limit's theoretical arrival time in microseconds (<see cref="RateLimits.TakePermits"/>). Expires when nothing is owed any more.
    /// The braces put all of them into one slot of a cluster, since one script asks for many.
    /// </summary>
    public static string RateLimit(string limit, string who) => $"chat:{{limits}}:{limit}:{who}";
}
