using System.Collections.Concurrent;
using Chat.Contracts.Events;
using Chat.Data.Events;
using Chat.Data.Presence;
using Chat.Realtime.FanOut;
using Chat.Realtime.Hub;
using StackExchange.Redis;

namespace Chat.Realtime.People;

/// <summary>
/// Writes how this node's users are there, and forwards what changed of the people watched here. One pass four times a second takes all
/// that came together. While Redis does not answer nothing is written, and afterwards all of it.
/// </summary>
internal sealed partial class PresenceLoop(
    Presences presences, Watched watched, PresenceStore store, EventSubscriber subscriber, RedisWatch redis, TimeProvider time,
    ILogger<PresenceLoop> log) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan SignOfLifeEvery = PresenceStore.Lifetime / 5;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <summary>Of this process alone: one that is started again under the same name must not give life to what its predecessor wrote.</summary>
    private readonly string _node = Guid.NewGuid().ToString("N");

    private readonly ConcurrentDictionary<Guid, bool> _heard = [];
    private IReadOnlySet<string> _alive = new HashSet<string>();
    private DateTimeOffset _nextSign;
    private int _listening;

    /// <summary>From now on changes of the people watched here are heard.</summary>
    public async Task ListenAsync()
    {
        if (Interlocked.Exchange(ref _listening, 1) == 0)
        {
            await subscriber.SubscribePresenceAsync(Heard).WaitAsync(Patience, time);
        }
    }

    public Task<IReadOnlyList<UserPresence>> ReadAsync(IReadOnlyCollection<Guid> users) => store.ReadAsync(users).WaitAsync(Patience, time);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        redis.Changed += (_, _) => _nextSign = default;
        using var timer = new PeriodicTimer(Every, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            if (redis.IsDegraded)
            {
                _alive = new HashSet<string>();
                continue;
            }

            try
            {
                await PassAsync();
            }
            catch (Exception e) when (e is RedisException or TimeoutException or ObjectDisposedException)
            {
                LogFailed(log, e.GetType().Name);
                presences.WriteAllAgain();
                _alive = new HashSet<string>();
            }
        }
    }

    private async Task PassAsync()
    {
        if (time.GetUtcNow() >= _nextSign)
        {
            await SignOfLifeAsync();
        }

        if (presences.TakeChanges() is { Count: > 0 } changes)
        {
            await store.WriteAsync(_node, changes).WaitAsync(Patience, time);
        }

        var heard = _heard.Keys.ToArray();
        Array.ForEach(heard, user => _heard.TryRemove(user, out _));
        if (heard.Length > 0)
        {
            await ForwardAsync(heard);
        }
    }

    private async Task SignOfLifeAsync()
    {
        _nextSign = time.GetUtcNow() + SignOfLifeEvery;
        var alive = await store.SignOfLifeAsync(_node).WaitAsync(Patience, time);
        if (!alive.Contains(_node))
        {
            presences.WriteAllAgain();
        }

        if (!_alive.SetEquals(alive))
        {
            // A node's death takes its users with it, and nobody else tells of them.
            _alive = alive;
            foreach (var user in watched.All())
            {
                _heard[user] = true;
            }
        }
    }

    private async Task ForwardAsync(Guid[] users)
    {
        foreach (var (presence, to) in watched.Read(await ReadAsync(users)))
        {
            var frame = HubFrame.Invoke("presence", presence, ConnectionJson.Default.UserPresence);
            Array.ForEach(to, connection => connection.Send(frame));
        }
    }

    private void Heard(Guid user)
    {
        if (watched.Has(user))
        {
            _heard[user] = true;
        }
    }

    [LoggerMessage(LogLevel.Warning, "Presence could not be kept and will be written again: {Error}")]
    private static partial void LogFailed(ILogger logger, string error);
}
