using StackExchange.Redis;

namespace Chat.Data.Events;

/// <summary>
/// Hears what <see cref="EventPublisher"/> says. At most once, in any order, from several threads; nothing is repeated after Redis was
/// away, but what is subscribed stays so. Handlers must neither block nor throw.
/// </summary>
public sealed class EventSubscriber(IConnectionMultiplexer redis)
{
    /// <summary>Redis is back after having been lost: anything may have been missed.</summary>
    public event EventHandler<ConnectionFailedEventArgs> Restored
    {
        add => redis.ConnectionRestored += value;
        remove => redis.ConnectionRestored -= value;
    }

    /// <summary>Completes when Redis has confirmed; at once while there is no connection, and then it is subscribed when there is.</summary>
    /// <exception cref="RedisException">Redis could not be asked; it will be when it can be reached.</exception>
    public Task SubscribeAsync(int shard, Action<ReceivedEvent> handler) => Subscriber.SubscribeAsync(
        RedisChannels.EventsOf(shard),
        (_, value) =>
        {
            if (EventEnvelope.TryRead(((byte[]?)value)!, out var e))
            {
                handler(e);
            }
            else
            {
                EventMetrics.NotUnderstood();
            }
        });

    /// <exception cref="RedisException">Redis could not be asked.</exception>
    public Task UnsubscribeAsync(int shard) => Subscriber.UnsubscribeAsync(RedisChannels.EventsOf(shard));

    /// <inheritdoc cref="SubscribeAsync"/>
    public Task SubscribeControlAsync(Action<ControlEvent> handler) => Subscriber.SubscribeAsync(
        RedisChannels.Control,
        (_, value) =>
        {
            if (ControlEvent.FromJson(((byte[]?)value)!) is { } e)
            {
                handler(e);
            }
            else
            {
                EventMetrics.NotUnderstood();
            }
        });

    /// <inheritdoc cref="SubscribeAsync"/>
    public Task SubscribeDoorbellAsync(string job, Action rung) =>
        Subscriber.SubscribeAsync(RedisChannels.Doorbell(job), (_, _) => rung());

    private ISubscriber Subscriber => redis.GetSubscriber();
}
