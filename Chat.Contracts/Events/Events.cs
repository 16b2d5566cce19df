using System.Text.Json.Serialization;
using Chat.Contracts.Conversations;
using Chat.Contracts.Messages;
using Chat.Contracts.ReadState;

namespace Chat.Contracts.Events;

/// <summary>A message was committed.</summary>
public sealed record MessageSent(Guid ConversationId, long Rev, long Seq, long MembershipVersion, Message Message)
{
    [JsonPropertyOrder(-1)]
    public string Type => "messageSent";
}

/// <summary>A message is in another state than before: edited, deleted, pinned or unpinned, answered in its thread, a poll closed or opened, or its reactions or votes have been recounted.</summary>
public sealed record MessageChanged(Guid ConversationId, long Rev, long Seq, long MembershipVersion, Message Message)
{
    [JsonPropertyOrder(-1)]
    public string Type => "messageChanged";
}

/// <summary>People became members, all by one call. <paramref name="Seq"/> is 0: the conversation itself has changed.</summary>
/// <param name="Conversation">The conversation with them.</param>
/// <param name="UserIds">Who was added.</param>
public sealed record MemberAdded(
    Guid ConversationId, long Rev, long Seq, long MembershipVersion, Conversation Conversation, IReadOnlyList<Guid> UserIds)
{
    [JsonPropertyOrder(-1)]
    public string Type => "memberAdded";
}

/// <summary>Somebody left or was removed. They themselves do not get this event any more.</summary>
/// <param name="Conversation">The conversation without them.</param>
/// <param name="UserId">Who is no longer a member.</param>
public sealed record MemberRemoved(
    Guid ConversationId, long Rev, long Seq, long MembershipVersion, Conversation Conversation, Guid UserId)
{
    [JsonPropertyOrder(-1)]
    public string Type => "memberRemoved";
}

/// <summary>The conversation's title or settings have changed.</summary>
public sealed record ConversationChanged(Guid ConversationId, long Rev, long Seq, long MembershipVersion, Conversation Conversation)
{
    [JsonPropertyOrder(-1)]
    public string Type => "conversationChanged";
}

/// <summary>
/// Members have read, or got, more than before: of each the latest, at most a few times a second however many there are. It has no rev, as it is
/// no change of the conversation: who missed it asks for the cursors. Sending moves the sender's own cursors without it.
/// </summary>
/// <param name="Cursors">Each member once.</param>
public sealed record CursorsMoved(Guid ConversationId, long MembershipVersion, IReadOnlyList<MemberCursors> Cursors)
{
    [JsonPropertyOrder(-1)]
    public string Type => "cursorsMoved";
}
