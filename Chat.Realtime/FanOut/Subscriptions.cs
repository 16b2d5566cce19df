using Chat.Data.Events;
using StackExchange.Redis;

namespace Chat.Realtime.FanOut;

/// <summary>
/// This node's subscriptions: the control channel from the start, and of the shards those that somebody here needs. Redis being away
/// fails nothing; the client subscribes again when it is back.
/// </summary>
internal sealed partial class Subscriptions(
    Audience audience, EventSubscriber subscriber, EventFanOut fanOut, HeadsCheck heads, ILogger<Subscriptions> log) : IHostedService, IDisposable
{
    /// <summary>Redis may hang; then connections become ready nevertheless, and hear late.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly bool[] _subscribed = new bool[RedisChannels.Shards];
    private readonly SemaphoreSlim _one = new(1, 1);

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        subscriber.Restored += OnRestored;
        await TryAsync(() => subscriber.SubscribeControlAsync(e => _ = ControlAsync(e)));
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        subscriber.Restored -= OnRestored;
        return Task.CompletedTask;
    }

    /// <summary>Subscribes to the shards that have come to be needed; completes when Redis has confirmed all of them.</summary>
    public Task AddNeededAsync() => MatchAsync(needed: true);

    /// <summary>Leaves the shards that nobody needs any more. Seldom, so that who comes back at once finds them still there.</summary>
    public Task DropUnneededAsync() => MatchAsync(needed: false);

    public void Dispose() => _one.Dispose();

    private async Task MatchAsync(bool needed)
    {
        await _one.WaitAsync();
        try
        {
            var shards = Enumerable.Range(0, RedisChannels.Shards)
                .Where(shard => _subscribed[shard] != needed && audience.Needs(shard) == needed).ToArray();
            foreach (var shard in shards)
            {
                _subscribed[shard] = needed;
            }

            if (needed && shards.Length > 0)
            {
                // What these carried between the reading of the heads and now nobody here has heard.
                heads.Soon();
            }

            await Task.WhenAll(shards.Select(shard => TryAsync(() =>
                needed ? subscriber.SubscribeAsync(shard, fanOut.Forward, fanOut.Forward) : subscriber.UnsubscribeAsync(shard))));
        }
        finally
        {
            _one.Release();
        }
    }

    private async Task ControlAsync(ControlEvent e)
    {
        try
        {
            await (e switch
            {
                MembershipChanged change => fanOut.ApplyAsync(change, AddNeededAsync),
                OwnStreamGrew grew => fanOut.ApplyAsync(grew),
                OwnCursorMoved moved => fanOut.ApplyAsync(moved),
                SessionEnded ended => fanOut.ApplyAsync(ended),
                _ => Task.CompletedTask,
            });
        }
        catch (Exception exception)
        {
            LogControlFailed(log, e.GetType().Name, exception);
        }
    }

    private async Task TryAsync(Func<Task> subscribe)
    {
        try
        {
            await subscribe().WaitAsync(Patience);
        }
        catch (Exception e) when (e is RedisException or TimeoutException)
        {
            LogNotSubscribed(log, e.GetType().Name);
        }
    }

    private void OnRestored(object? sender, ConnectionFailedEventArgs e)
    {
        if (e.ConnectionType == ConnectionType.Subscription)
        {
            audience.ReadAllAgain();
            heads.Soon();
        }
    }

    [LoggerMessage(LogLevel.Warning, "Redis did not confirm a subscription: {Error}. Pushes are late until it does")]
    private static partial void LogNotSubscribed(ILogger logger, string error);

    [LoggerMessage(LogLevel.Error, "A control event of the kind {Kind} failed")]
    private static partial void LogControlFailed(ILogger logger, string kind, Exception exception);
}
