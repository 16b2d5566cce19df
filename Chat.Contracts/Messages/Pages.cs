using Chat.Contracts.Conversations;

namespace Chat.Contracts.Messages;

/// <summary>A page of a conversation's history.</summary>
/// <param name="Items">Messages in the order of seq.</param>
/// <param name="Rev">The conversation's rev as of which the page is.</param>
/// <param name="ChangesToken">For <c>…/changes?since=</c>: what has changed since this page.</param>
/// <param name="Next">The next page in the same direction: pass it as the same parameter, <c>before</c> or <c>after</c>. Null on the last page.</param>
public sealed record MessagePage(IReadOnlyList<Message> Items, long Rev, string ChangesToken, long? Next = null);

/// <summary>What has changed since a token: states, not events.</summary>
/// <param name="Messages">Each new or changed message once, in its present state, in the order of its latest change in this page.</param>
/// <param name="Rev">The rev up to which this page reaches.</param>
/// <param name="Next">The token to ask with the next time; at once if there is <paramref name="More"/>.</param>
/// <param name="More">Whether there are more changes already.</param>
/// <param name="Conversation">The conversation, where its members, title or settings have changed; else null.</param>
public sealed record ChangePage(IReadOnlyList<Message> Messages, long Rev, string Next, bool More, Conversation? Conversation = null);
