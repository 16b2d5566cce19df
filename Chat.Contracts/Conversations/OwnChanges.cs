namespace Chat.Contracts.Conversations;

/// <summary>What has changed, since a token, in what is the caller's alone: states, not events.</summary>
/// <param name="Conversations">
/// Each conversation once that the caller joined, left, muted, or marked as unread or no longer, in the order of its latest change in this page.
/// </param>
/// <param name="Messages">Each message once to which the caller reacted, on which they voted, or that they hid, of conversations that they are a member of.</param>
/// <param name="Rev">The rev of the caller's own stream up to which this page reaches.</param>
/// <param name="Next">The token to ask with the next time; at once if there is <paramref name="More"/>.</param>
/// <param name="More">Whether there are more changes already.</param>
public sealed record OwnChangePage(
    IReadOnlyList<OwnConversation> Conversations, IReadOnlyList<OwnMessage> Messages, long Rev, string Next, bool More);

/// <param name="ConversationId">Which conversation.</param>
/// <param name="Conversation">As the caller sees it now, with <c>me</c>; null: they are no member, and the client drops what it holds of it.</param>
public sealed record OwnConversation(Guid ConversationId, Conversation? Conversation = null);

/// <summary>What a message is to the caller now.</summary>
/// <param name="ConversationId">The conversation it is in.</param>
/// <param name="Seq">The message's seq.</param>
/// <param name="Reactions">The caller's own emoji on it.</param>
/// <param name="Hidden">Whether the caller has deleted it for themself.</param>
/// <param name="Vote">The places of the options that the caller voted for; null: none.</param>
public sealed record OwnMessage(Guid ConversationId, long Seq, IReadOnlyList<string> Reactions, bool Hidden, IReadOnlyList<int>? Vote = null);
