using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Chat.Contracts;
using Chat.Contracts.Conversations;
using Chat.Contracts.Events;
using Chat.Contracts.Messages;

namespace Chat.Data.Events;

/// <summary>Makes the events that members receive, each as the JSON that they all get.</summary>
public static class ConversationEvents
{
    public static ConversationEvent Sent(Message message, long membershipVersion) => Of(
        new MessageSent(message.ConversationId, message.Rev, message.Seq, membershipVersion, message),
        ContractsJson.Unescaped.MessageSent, message.ConversationId, membershipVersion, message.Rev, message.Seq);

    public static ConversationEvent Changed(Message message, long membershipVersion) => Of(
        new MessageChanged(message.ConversationId, message.Rev, message.Seq, membershipVersion, message),
        ContractsJson.Unescaped.MessageChanged, message.ConversationId, membershipVersion, message.Rev, message.Seq);

    public static ConversationEvent Added(Conversation conversation, IReadOnlyList<Guid> userIds, long rev, long membershipVersion) => Of(
        new MemberAdded(conversation.Id, rev, 0, membershipVersion, conversation, userIds),
        ContractsJson.Unescaped.MemberAdded, conversation.Id, membershipVersion, rev, seq: 0);

    public static ConversationEvent Removed(Conversation conversation, Guid userId, long rev, long membershipVersion) => Of(
        new MemberRemoved(conversation.Id, rev, 0, membershipVersion, conversation, userId),
        ContractsJson.Unescaped.MemberRemoved, conversation.Id, membershipVersion, rev, seq: 0);

    public static ConversationEvent Changed(Conversation conversation, long rev) => Of(
        new ConversationChanged(conversation.Id, rev, 0, conversation.MembershipVersion, conversation),
        ContractsJson.Unescaped.ConversationChanged, conversation.Id, conversation.MembershipVersion, rev, seq: 0);

    private static ConversationEvent Of<T>(
        T e, JsonTypeInfo<T> type, Guid conversationId, long membershipVersion, long rev, long seq) =>
        new(conversationId, membershipVersion, rev, seq, JsonSerializer.SerializeToUtf8Bytes(e, type));
}
