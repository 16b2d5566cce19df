using Chat.Data.Conversations;
using Chat.Data.Events;

namespace Chat.Api.Conversations;

/// <summary>
/// Tells the realtime nodes of changed memberships, after the commit. The control event comes first, for a node must know whom to
/// tell before it hears what to tell them; nobody relies on that order. Not awaited: Redis being slow or down changes no answer.
/// </summary>
internal static class MembershipEvents
{
    /// <summary>How many control events are under way at once where a conversation of thousands ends.</summary>
    private const int AtOnce = 500;

    /// <summary>A new conversation: its members' clients learn of it by their nodes.</summary>
    public static void PublishCreated(EventPublisher events, Guid conversationId, IEnumerable<Guid> people) =>
        PublishControl(events, conversationId, people, membershipVersion: 1, joined: true);

    public static void PublishJoined(EventPublisher events, ConversationOutcome outcome)
    {
        if (outcome is { Message: not null, Conversation: { } conversation, People: { } people })
        {
            PublishControl(events, conversation.Id, people, conversation.MembershipVersion, joined: true);
            outcome.Publish(events, (shared, rev) => ConversationEvents.Added(shared, people, rev, conversation.MembershipVersion));
        }
    }

    public static void PublishRemoved(EventPublisher events, ConversationOutcome outcome)
    {
        if (outcome is { Message: not null, Conversation: { } conversation, People: [var userId] })
        {
            PublishControl(events, conversation.Id, [userId], conversation.MembershipVersion, joined: false);
            outcome.Publish(events, (shared, rev) => ConversationEvents.Removed(shared, userId, rev, conversation.MembershipVersion));
        }
    }

    /// <summary>All are gone. In pieces, for the publisher keeps a bounded number of what Redis has not taken yet.</summary>
    public static async Task PublishEndedAsync(EventPublisher events, ConversationOutcome outcome)
    {
        if (outcome is { Conversation: { } conversation, People: { } people })
        {
            foreach (var some in people.Chunk(AtOnce))
            {
                await Task.WhenAll(some.Select(userId => events.PublishControlAsync(
                    new MembershipChanged(conversation.Id, userId, conversation.MembershipVersion, Joined: false))));
            }
        }
    }

    private static void PublishControl(
        EventPublisher events, Guid conversationId, IEnumerable<Guid> people, long membershipVersion, bool joined)
    {
        foreach (var userId in people)
        {
            _ = events.PublishControlAsync(new MembershipChanged(conversationId, userId, membershipVersion, joined));
        }
    }
}
