using Chat.Contracts.Events;
using Chat.Data.Events;
using Chat.Data.Redis;
using StackExchange.Redis;

namespace Chat.Data.Presence;

/// <summary>What a node knows of a user who is, or was, connected to it.</summary>
/// <param name="State">One of <see cref="PresenceStates"/>; offline: no longer here.</param>
/// <param name="Seen">They have gone, to the eyes of others, at this moment; null leaves what is kept of that.</param>
public readonly record struct KeptPresence(Guid UserId, string State, DateTimeOffset? Seen);

/// <summary>
/// Who is there, in Redis: each node keeps its own users' states and gives a sign of life; what a node says counts while it lives, so the
/// users of a dead one expire with it. Redis may forget all of it: the nodes write it again.
/// </summary>
public sealed class PresenceStore(IConnectionMultiplexer redis, TimeProvider time)
{
    /// <summary>How long what a node has said counts after its last sign of life.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(15);

    /// <summary>How long it is known when somebody was last seen.</summary>
    private static readonly TimeSpan KeptFor = TimeSpan.FromDays(30);

    private const string SeenField = "seen";

    /// <returns>The nodes alive, this one among them only if it was known before: otherwise Redis has forgotten what it had kept.</returns>
    /// <exception cref="RedisException">Redis could not be reached.</exception>
    public async Task<IReadOnlySet<string>> SignOfLifeAsync(string node)
    {
        var (database, now) = (redis.GetDatabase(), Milliseconds(time.GetUtcNow()));
        var alive = database.SortedSetRangeByScoreAsync(RedisKeys.PresenceNodes, now - Lifetime.TotalMilliseconds);
        var told = database.SortedSetAddAsync(RedisKeys.PresenceNodes, node, now);
        var removed = database.SortedSetRemoveRangeByScoreAsync(
            RedisKeys.PresenceNodes, double.NegativeInfinity, now - Lifetime.TotalMilliseconds, Exclude.Stop);
        await Task.WhenAll(alive, told, removed);
        return (await alive).Select(n => n.ToString()).ToHashSet();
    }

    /// <summary>Keeps states of this node's users, and tells the nodes that may have to know.</summary>
    /// <exception cref="RedisException">Redis could not be reached; some may have been kept.</exception>
    public Task WriteAsync(string node, IReadOnlyCollection<KeptPresence> presences)
    {
        var (database, subscriber) = (redis.GetDatabase(), redis.GetSubscriber());
        return Task.WhenAll(presences.SelectMany(Commands));

        IEnumerable<Task> Commands(KeptPresence presence)
        {
            var key = (RedisKey)RedisKeys.Presence(presence.UserId);
            yield return presence.State == PresenceStates.Offline
                ? database.HashDeleteAsync(key, node)
                : database.HashSetAsync(key, node, presence.State);
            if (presence.Seen is { } seen)
            {
                yield return database.HashSetAsync(key, SeenField, Milliseconds(seen));
            }

            yield return database.KeyExpireAsync(key, KeptFor);
            yield return subscriber.PublishAsync(RedisChannels.Presence, presence.UserId.ToByteArray(bigEndian: true));
        }
    }

    /// <summary>What all nodes together say of these users, as others may see it.</summary>
    /// <exception cref="RedisException">Redis could not be reached.</exception>
    public async Task<IReadOnlyList<UserPresence>> ReadAsync(IReadOnlyCollection<Guid> users)
    {
        var database = redis.GetDatabase();
        var alive = database.SortedSetRangeByScoreAsync(
            RedisKeys.PresenceNodes, Milliseconds(time.GetUtcNow()) - Lifetime.TotalMilliseconds);
        var hashes = await Task.WhenAll(users.Select(user => database.HashGetAllAsync(RedisKeys.Presence(user))));
        var nodes = (await alive).ToHashSet();
        return [.. users.Zip(hashes, (user, hash) => Seen(user, hash, nodes))];
    }

    private static UserPresence Seen(Guid user, HashEntry[] hash, HashSet<RedisValue> alive)
    {
        var states = hash.Where(entry => alive.Contains(entry.Name)).Select(entry => entry.Value.ToString()).ToHashSet();
        var state = states.Contains(PresenceStates.Invisible) ? PresenceStates.Offline
            : states.Contains(PresenceStates.Online) ? PresenceStates.Online
            : states.Contains(PresenceStates.Away) ? PresenceStates.Away
            : PresenceStates.Offline;
        var seen = hash.FirstOrDefault(entry => entry.Name == SeenField).Value;
        return new UserPresence(
            user, state, state == PresenceStates.Offline && seen.HasValue ? DateTimeOffset.FromUnixTimeMilliseconds((long)seen) : null);
    }

    private static long Milliseconds(DateTimeOffset moment) => moment.ToUnixTimeMilliseconds();
}
