using StackExchange.Redis;

namespace Chat.Data.Events;

public sealed partial class EventSubscriber
{
    /// <summary>In order, as the client library's <c>PreserveAsyncOrder</c> is by default.</summary>
    private partial Task HearAsync(RedisChannel channel, Action<RedisValue> handler) =>
        Subscriber.SubscribeAsync(channel, (_, value) => handler(value));
}
