using System.ComponentModel.DataAnnotations;
using Chat.Contracts.Conversations;

namespace Chat.Contracts.ReadState;

/// <param name="Seq">The message up to which, itself included, all is read or delivered; 1 or more. Beyond the last one it means the last one.</param>
public sealed record MoveCursorRequest(
    [property: Range(typeof(long), "1", "9223372036854775807", ErrorMessage = "Must be a seq: 1 or more.")]
    long Seq);

/// <summary>How far the caller is in a conversation.</summary>
/// <param name="ReadSeq">The last message they have read; never less than it was.</param>
/// <param name="DeliveredSeq">The last message that reached one of their devices; never less than <paramref name="ReadSeq"/>.</param>
/// <param name="Unread">How many messages come after <paramref name="ReadSeq"/>.</param>
public sealed record OwnCursors(long ReadSeq, long DeliveredSeq, long Unread);

/// <summary>How far a member is in a conversation. Of two states of one member the greater numbers hold, each by itself.</summary>
/// <param name="UserId">The member.</param>
/// <param name="ReadSeq">The last message they have read.</param>
/// <param name="DeliveredSeq">The last message that reached one of their devices.</param>
public sealed record MemberCursors(Guid UserId, long ReadSeq, long DeliveredSeq);

/// <param name="Items">The cursors of all members, in the order of their user ids.</param>
/// <param name="Next">For <c>after=</c>: the next page; null on the last.</param>
public sealed record CursorList(IReadOnlyList<MemberCursors> Items, string? Next = null);

/// <param name="Items">The members who have read the message, but its sender, in the order of their user ids.</param>
/// <param name="Next">For <c>after=</c>: the next page; null on the last.</param>
public sealed record ReaderList(IReadOnlyList<MemberName> Items, string? Next = null);

/// <summary>Bounds that clients may rely on.</summary>
public static class CursorLimits
{
    /// <summary>Cursors in one page: 85 KB.</summary>
    public const int PageMax = 1_000;

    /// <summary>
    /// In conversations of more members a moved cursor is pushed to the member's own devices only: everybody's moves to everybody would
    /// be more than the messages.
    /// </summary>
    public const int PushedUpToMembers = 200;
}
