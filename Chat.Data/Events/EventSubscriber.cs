using Chat.Data.Files;
using StackExchange.Redis;

namespace Chat.Data.Events;

/// <summary>
/// Hears what <see cref="EventPublisher"/> says: at most once, of one channel in the order of publishing and one at a time, of several
/// channels from several threads. Nothing is repeated after Redis was away, but what is subscribed stays so. Handlers must neither block
/// nor throw.
/// </summary>
public sealed partial class EventSubscriber(IConnectionMultiplexer redis)
{
    /// <summary>Redis is back after having been lost: anything may have been missed.</summary>
    public event EventHandler<ConnectionFailedEventArgs> Restored
    {
        add => redis.ConnectionRestored += value;
        remove => redis.ConnectionRestored -= value;
    }

    /// <summary>Completes when Redis has confirmed; at once while there is no connection, and then it is subscribed when there is.</summary>
    /// <exception cref="RedisException">Redis could not be asked; it will be when it can be reached.</exception>
    public Task SubscribeAsync(int shard, Action<ReceivedEvent> handler, Action<SomeoneTyping> typing) => HearAsync(
        RedisChannels.EventsOf(shard),
        value =>
        {
            byte[] bytes = value!;
            if (EventEnvelope.TryRead(bytes, out var e))
            {
                handler(e);
            }
            else if (SomeoneTyping.TryRead(bytes, out var t))
            {
                typing(t);
            }
            else
            {
                EventMetrics.NotUnderstood();
            }
        });

    /// <exception cref="RedisException">Redis could not be asked.</exception>
    public Task UnsubscribeAsync(int shard) => Subscriber.UnsubscribeAsync(RedisChannels.EventsOf(shard));

    /// <inheritdoc cref="SubscribeAsync"/>
    public Task SubscribeControlAsync(Action<ControlEvent> handler) => HearAsync(
        RedisChannels.Control,
        value =>
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
    /// <param name="handler">Gets the users whose presence may have changed.</param>
    public Task SubscribePresenceAsync(Action<Guid> handler) => HearAsync(
        RedisChannels.Presence,
        value =>
        {
            byte[] bytes = value!;
            if (bytes.Length == 16)
            {
                handler(new Guid(bytes, bigEndian: true));
            }
        });

    /// <inheritdoc cref="SubscribeAsync"/>
    public Task SubscribeLinksAsync(Action<SignedLinks> handler) => HearAsync(
        RedisChannels.Links,
        value =>
        {
            if (SignedLinks.TryRead(((byte[]?)value)!) is { } links)
            {
                handler(links);
            }
            else
            {
                EventMetrics.NotUnderstood();
            }
        });

    /// <inheritdoc cref="SubscribeAsync"/>
    public Task SubscribeDoorbellAsync(string job, Action rung) =>
        HearAsync(RedisChannels.Doorbell(job), _ => rung());

    /// <summary>Completes when Redis has answered on the connection that events come by. The client library would wait for ever for one that hangs.</summary>
    /// <exception cref="RedisException">There is no connection.</exception>
    public Task PingAsync() => Subscriber.PingAsync();

    private ISubscriber Subscriber => redis.GetSubscriber();

    private partial Task HearAsync(RedisChannel channel, Action<RedisValue> handler);
}
