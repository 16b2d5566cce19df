using System.Diagnostics;
using Chat.Contracts.Events;
using Chat.Data.Events;
using Chat.Realtime.Hub;

namespace Chat.Realtime.FanOut;

/// <summary>
/// Forwards conversation events to the connections that are to hear them, without knowing what they mean, and acts on control events.
/// Waits for nothing: an event is on its way to all before the next is looked at, however slow some of them are.
/// </summary>
internal sealed class EventFanOut(Audience audience, TimeProvider time)
{
    public void Forward(ReceivedEvent e) => Send(e, audience.Hear(e));

    public void Send(ReceivedEvent e, IReadOnlyList<Connection> to)
    {
        if (to.Count == 0)
        {
            return;
        }

        using var span = RealtimeMetrics.Source.StartActivity("push", ActivityKind.Consumer, e.Trace);
        span?.SetTag("chat.conversation.id", e.ConversationId).SetTag("chat.rev", e.Rev).SetTag("chat.deliveries", to.Count);
        var frame = HubFrame.Receive(e.Json.Span);
        foreach (var connection in to)
        {
            connection.Send(frame);
        }

        RealtimeMetrics.Delivered(to.Count, time.GetUtcNow() - e.PublishedAt);
    }

    /// <summary>Takes effect before it returns; <paramref name="subscribed"/> completes when a new conversation's events come in.</summary>
    public async Task ApplyAsync(MembershipChanged change, Func<Task> subscribed)
    {
        var connections = audience.Apply(change);
        if (connections.Count == 0)
        {
            return;
        }

        await subscribed();
        var frame = HubFrame.Invoke(
            "receive",
            new OwnMembershipChanged(
                change.Joined ? "conversationJoined" : "conversationLeft", change.ConversationId, change.MembershipVersion),
            ConnectionJson.Default.OwnMembershipChanged);
        foreach (var connection in connections)
        {
            connection.Send(frame);
        }
    }

    public Task ApplyAsync(SessionEnded ended) =>
        Task.WhenAll(audience.Of(ended).Select(connection => connection.CloseAsync(CloseReason.SignedOut)));
}
