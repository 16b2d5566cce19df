using System.Diagnostics;
using System.Text.Json.Serialization.Metadata;
using Chat.Contracts;
using Chat.Contracts.Events;
using Chat.Data.Events;
using Chat.Realtime.Hub;
using Chat.ServiceDefaults.Authentication;

namespace Chat.Realtime.FanOut;

/// <summary>
/// Forwards conversation events to the connections that are to hear them, without knowing what they mean, and acts on control events.
/// Waits for nothing: an event is on its way to all before the next is looked at, however slow some of them are.
/// </summary>
internal sealed class EventFanOut(Audience audience, EndedSessions endedSessions, TimeProvider time)
{
    private readonly Lock[] _inOrder = [.. Enumerable.Range(0, RedisChannels.Shards).Select(_ => new Lock())];

    /// <summary>Forwards it, and those that waited for it; keeps it, where it has overtaken another.</summary>
    public void Forward(ReceivedEvent e)
    {
        lock (_inOrder[RedisChannels.ShardOf(e.ConversationId)])
        {
            Send(e, audience.Hear(e));
            SendFollowing(e.ConversationId);
        }
    }

    /// <summary>Sends what waited for events whose members had to be read.</summary>
    public void Forward(ReceivedEvent e, IReadOnlyList<Connection> to)
    {
        lock (_inOrder[RedisChannels.ShardOf(e.ConversationId)])
        {
            Send(e, to);
            SendFollowing(e.ConversationId);
        }
    }

    /// <summary>Sends what has waited long enough for events that do not come.</summary>
    public void ForwardOverdue()
    {
        while (audience.Overdue(time.GetUtcNow()) is { } conversationId)
        {
            lock (_inOrder[RedisChannels.ShardOf(conversationId)])
            {
                audience.LetGo(conversationId);
                SendFollowing(conversationId);
            }
        }
    }

    private void SendFollowing(Guid conversationId)
    {
        while (audience.TryFollow(conversationId, out var e, out var to))
        {
            Send(e, to);
        }
    }

    private void Send(ReceivedEvent e, IReadOnlyList<Connection> to)
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

    public void Forward(SomeoneTyping typing)
    {
        var to = audience.Hear(typing);
        if (to.Count > 0)
        {
            var frame = HubFrame.Invoke("typing", new UserTyping(typing.ConversationId, typing.UserId), ConnectionJson.Default.UserTyping);
            foreach (var connection in to)
            {
                connection.Send(frame);
            }
        }
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
        var type = change.Joined ? "conversationJoined" : "conversationLeft";
        Tell(
            connections, new OwnMembershipChanged(type, change.ConversationId, change.MembershipVersion),
            ConnectionJson.Default.OwnMembershipChanged);
    }

    public Task ApplyAsync(OwnStreamGrew grew)
    {
        Tell(audience.Of(grew.UserId, grew.Rev), new OwnChanged(grew.Rev), ConnectionJson.Default.OwnChanged);
        return Task.CompletedTask;
    }

    public Task ApplyAsync(OwnCursorMoved moved)
    {
        Tell(
            audience.Of(moved.Cursors.UserId), new CursorsMoved(moved.ConversationId, moved.MembershipVersion, [moved.Cursors]),
            ContractsJson.Unescaped.CursorsMoved);
        return Task.CompletedTask;
    }

    /// <summary>Closes the connections there are; one that is just being made sees the session among the ended ones.</summary>
    public Task ApplyAsync(SessionEnded ended)
    {
        if (ended.SessionId is { } session)
        {
            endedSessions.Add(session);
        }

        var connections = audience.Of(ended.UserId).Where(c => ended.SessionId is null || c.SessionId == ended.SessionId);
        return Task.WhenAll(connections.Select(connection => connection.CloseAsync(CloseReason.SignedOut)));
    }

    private static void Tell<T>(IReadOnlyList<Connection> connections, T e, JsonTypeInfo<T> type)
    {
        if (connections.Count == 0)
        {
            return;
        }

        var frame = HubFrame.Invoke("receive", e, type);
        foreach (var connection in connections)
        {
            connection.Send(frame);
        }
    }
}
