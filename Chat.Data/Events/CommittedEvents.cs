using System.Diagnostics;
using System.Threading.Channels;
using Chat.Contracts.Messages;
using Chat.Data.Files;

namespace Chat.Data.Events;

/// <summary>A message as a batch has committed it, and what its members are to be told.</summary>
/// <param name="IsNew">It was sent; else it was changed.</param>
/// <param name="Trace">The span of the request that caused it.</param>
public readonly record struct CommittedMessage(Message Message, long MembershipVersion, bool IsNew, ActivityContext Trace);

/// <summary>
/// Publishes what this process commits in the order of its commits: one loop hands the events to Redis, one after the other, and
/// waits for none. When each request published for itself, under load most pushes came out of order. What another replica commits
/// to the same conversation in the same milliseconds can still be published before it: the two only share the database.
/// A new message has the link to its file with it; a change has none, for clients have it.
/// </summary>
public sealed class CommittedEvents(EventPublisher publisher, LinkCache links)
{
    /// <summary>About a second's work. Past it events are dropped and counted; clients hear of the new heads.</summary>
    private const int Capacity = 10_000;

    private readonly Channel<CommittedMessage> _queue = Channel.CreateBounded<CommittedMessage>(
        new BoundedChannelOptions(Capacity) { SingleReader = true });

    /// <summary>To be called in the order of the commits. Hands over and returns: neither JSON nor Redis is waited for.</summary>
    public void Add(IReadOnlyList<CommittedMessage> batch)
    {
        foreach (var message in batch)
        {
            if (!_queue.Writer.TryWrite(message))
            {
                EventMetrics.Failed("full");
            }
        }
    }

    /// <summary>Publishes until <see cref="Complete"/> was called and the queue is empty.</summary>
    public async Task RunAsync()
    {
        var last = Task.CompletedTask;
        await foreach (var (message, version, isNew, trace) in _queue.Reader.ReadAllAsync())
        {
            var e = isNew ? ConversationEvents.Sent(links.Link(message), version) : ConversationEvents.Changed(message, version);
            last = publisher.PublishAsync(e with { Trace = trace });
        }

        await last;
    }

    public void Complete() => _queue.Writer.TryComplete();
}
