using Chat.Contracts.Conversations;
using Chat.Data.Events;

namespace Chat.Api.Conversations;

/// <summary>
/// Tells the realtime nodes of changed memberships, after the commit. The control event comes first, for a node must know whom to
/// tell before it hears what to tell them; nobody relies on that order. Not awaited: Redis being slow or down changes no answer.
/// </summary>
internal static class MembershipEvents
{
    /// <summary>A new conversation: its members' clients learn of it by their nodes.</summary>
    public static void PublishCreated(EventPublisher events, Guid conversationId, IEnumerable<Guid> people) =>
        PublishControl(events, conversationId, people, membershipVersion: 1, joined: true);

    public static void PublishAdded(
        EventPublisher events, Conversation conversation, IReadOnlyList<Guid> people, long rev, long membershipVersion)
    {
        PublishControl(events, conversation.Id, people, membershipVersion, joined: true);
        _ = events.PublishAsync(ConversationEvents.Added(conversation, people, rev, membershipVersion));
    }

    public static void PublishRemoved(EventPublisher events, Conversation conversation, Guid userId, long rev, long membershipVersion)
    {
        PublishControl(events, conversation.Id, [userId], membershipVersion, joined: false);
        _ = events.PublishAsync(ConversationEvents.Removed(conversation, userId, rev, membershipVersion));
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
