using System.Text.Json.Serialization;
using Chat.Contracts.Conversations;

namespace Chat.Contracts.Messages;

/// <summary>A page of a conversation's history.</summary>
/// <param name="Items">Messages in the order of seq.</param>
/// <param name="Mine">The caller's own reactions and votes, of those messages of the page that have some.</param>
/// <param name="LastSeq">The conversation's last seq: whether there is more after the page.</param>
/// <param name="Rev">The conversation's rev as of which the page is.</param>
/// <param name="ChangesToken">For <c>…/changes?since=</c>: what has changed since this page.</param>
/// <param name="Next">
/// The next page in the same direction: pass it as the same parameter, <c>before</c> or <c>after</c>. Null on the last page, and on a
/// page around a seq, from which it goes on before its first and after its last message.
/// </param>
public sealed record MessagePage(
    IReadOnlyList<Message> Items, IReadOnlyList<OwnReactions> Mine, long LastSeq, long Rev, string ChangesToken, long? Next = null);

/// <param name="Seq">The message's seq.</param>
/// <param name="Emoji">The caller's own reactions to it.</param>
/// <param name="Vote">The places of the options that the caller voted for; absent: they did not vote.</param>
public sealed record OwnReactions(
    long Seq, IReadOnlyList<string> Emoji, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<int>? Vote = null);

/// <summary>What has changed since a token: states, not events.</summary>
/// <param name="Messages">Each new or changed message once, in its present state, in the order of its latest change in this page.</param>
/// <param name="Rev">The rev up to which this page reaches.</param>
/// <param name="Next">The token to ask with the next time; at once if there is <paramref name="More"/>.</param>
/// <param name="More">Whether there are more changes already.</param>
/// <param name="Reload">
/// Whether so much has changed that it is cheaper to drop what is held of this conversation and load its latest page, than to ask on.
/// Asking on is right as well.
/// </param>
/// <param name="Conversation">The conversation, where its members, title or settings have changed; else null.</param>
public sealed record ChangePage(
    IReadOnlyList<Message> Messages, long Rev, string Next, bool More, bool Reload, Conversation? Conversation = null);

/// <summary>Bounds of pages of changes, beside the number of changes that is asked for.</summary>
public static class ChangeLimits
{
    /// <summary>Bytes of text (UTF-8) at which a page ends; it may be longer by its last message.</summary>
    public const int PageBytes = 256 * 1024;

    /// <summary>
    /// More changes than these, ten full pages, and the answer advises a reload: 6.5 ms of the database's time against 0.3 ms for the latest
    /// page of history (100,000 messages, all in memory).
    /// </summary>
    public const int ReloadBeyond = 1_000;
}

/// <param name="Items">The pinned messages, at most 100, the latest pinned first.</param>
/// <param name="Next">Always null: the list is one page.</param>
public sealed record PinList(IReadOnlyList<Message> Items, long? Next = null);

/// <param name="Items">What the message said before its edits, the latest first; what it says now is not among them.</param>
/// <param name="Next">For <c>before=</c>: the next page; null on the last.</param>
public sealed record VersionList(IReadOnlyList<MessageVersion> Items, long? Next = null);

/// <param name="Rev">The conversation's rev at which an edit replaced it.</param>
/// <param name="Text">What the message said until then.</param>
/// <param name="WrittenAt">When it was sent or edited to say so.</param>
public sealed record MessageVersion(long Rev, string Text, DateTimeOffset WrittenAt);
