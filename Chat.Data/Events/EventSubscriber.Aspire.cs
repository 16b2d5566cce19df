using StackExchange.Redis;

namespace Chat.Data.Events;

public sealed partial class EventSubscriber
{
    /// <summary>By a queue a channel: from 2.0 on the client library runs plain handlers in no order.</summary>
    private partial async Task HearAsync(RedisChannel channel, Action<RedisValue> handler)
    {
        var queue = await Subscriber.SubscribeAsync(channel);
        queue.OnMessage(message => handler(message.Message));
    }
}
