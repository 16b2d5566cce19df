using System.Diagnostics;
using Chat.Data.Files;
using Chat.Data.Redis;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace Chat.Data.Events;

/// <summary>
/// Tells the realtime nodes what has been committed; only ever after the commit. A task completes when Redis has taken the event or
/// the failure has been counted, at most after <see cref="Patience"/>, and never fails: who has no use for that need not await it.
/// Redis being down loses a push, never a message: clients see the gap and ask.
/// </summary>
public sealed partial class EventPublisher(IConnectionMultiplexer redis, TimeProvider time, ILogger<EventPublisher> log)
{
    /// <summary>The client library itself would wait for a hung Redis for ever.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    /// <summary>Not yet acknowledged by Redis. Past it events are dropped and counted, so that a hung Redis cannot fill the memory.</summary>
    private const int MaxPending = 10_000;

    private int _pending;
    private int _failing;

    public async Task PublishAsync(ConversationEvent e)
    {
        using var span = RedisSpan.Start("PUBLISH", e.Trace);
        var payload = EventEnvelope.Write(e, time.GetUtcNow(), span?.Context ?? e.Trace);
        await PublishAsync(RedisChannels.EventsOf(RedisChannels.ShardOf(e.ConversationId)), payload, span);
    }

    public async Task PublishControlAsync(ControlEvent e)
    {
        using var span = RedisSpan.Start("PUBLISH", Activity.Current?.Context ?? default);
        await PublishAsync(RedisChannels.Control, e.ToJson(), span);
    }

    public Task PublishTypingAsync(SomeoneTyping typing) =>
        PublishAsync(RedisChannels.EventsOf(RedisChannels.ShardOf(typing.ConversationId)), typing.Write(), span: null);

    public Task PublishLinksAsync(SignedLinks links) => PublishAsync(RedisChannels.Links, links.Write(), span: null);

    /// <summary>Wakes a job that would otherwise look for work only now and then.</summary>
    public async Task RingAsync(string job)
    {
        using var span = RedisSpan.Start("PUBLISH", Activity.Current?.Context ?? default);
        await PublishAsync(RedisChannels.Doorbell(job), [1], span);
    }

    private async Task PublishAsync(RedisChannel channel, byte[] payload, Activity? span)
    {
        if (Volatile.Read(ref _pending) >= MaxPending)
        {
            Failed("full", span);
            return;
        }

        try
        {
            await SendAsync(channel, payload).WaitAsync(Patience, time);
            EventMetrics.Succeeded();
            if (Interlocked.Exchange(ref _failing, 0) == 1)
            {
                LogPublishedAgain(log);
            }
        }
        catch (TimeoutException)
        {
            Failed("timeout", span);
        }
        catch (Exception e) when (e is RedisException or ObjectDisposedException)
        {
            Failed("unreachable", span);
        }
    }

    private async Task SendAsync(RedisChannel channel, byte[] payload)
    {
        Interlocked.Increment(ref _pending);
        try
        {
            await redis.GetSubscriber().PublishAsync(channel, payload);
        }
        finally
        {
            Interlocked.Decrement(ref _pending);
        }
    }

    /// <summary>Counted each time, logged once until it works again: an outage at 1,000 messages a second must not fill the log.</summary>
    private void Failed(string reason, Activity? span)
    {
        EventMetrics.Failed(reason);
        span?.SetTag("error.type", reason).SetStatus(ActivityStatusCode.Error);
        if (Interlocked.Exchange(ref _failing, 1) == 0)
        {
            LogNotPublished(log, reason);
        }
    }

    [LoggerMessage(LogLevel.Warning, "Redis does not take events ({Reason}): pushes are late until it does")]
    private static partial void LogNotPublished(ILogger logger, string reason);

    [LoggerMessage(LogLevel.Information, "Redis takes events again")]
    private static partial void LogPublishedAgain(ILogger logger);
}
