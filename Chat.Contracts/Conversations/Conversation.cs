using System.Text.Json.Serialization;
using Chat.Contracts.Messages;

namespace Chat.Contracts.Conversations;

/// <summary>Who a conversation is between.</summary>
public enum ConversationKind
{
    /// <summary>Between two people, who remain its members. There is one a pair.</summary>
    Direct,

    /// <summary>Among people who were added.</summary>
    Group,

    /// <summary>Found by its name and joined at will.</summary>
    Channel,
}

/// <summary>A conversation as its members see it.</summary>
/// <param name="Id">UUIDv7.</param>
/// <param name="Kind">Who it is between.</param>
/// <param name="CreatedAt">When it was created.</param>
/// <param name="ActiveAt">When the last message was sent, or else when it was created. Lists are in this order, latest first.</param>
/// <param name="LastSeq">The last message's seq; 0 before the first.</param>
/// <param name="LastRev">The rev of the latest change of the conversation or of a message in it.</param>
/// <param name="MembershipVersion">Grows with each change of who is a member.</param>
/// <param name="MemberCount">How many members there are.</param>
/// <param name="FirstMembers">Up to five of them, the first that the list of members has. Names are as of reading.</param>
/// <param name="Title">1 to 200 characters; absent in a direct conversation, which is called by the other member's name.</param>
/// <param name="LastMessage">The beginning of the last message; absent before the first.</param>
/// <param name="ChangesToken">For <c>…/changes?since=</c>: what has changed since this answer. Absent in events and in <c>…/changes</c>.</param>
/// <param name="Me">What the conversation is to the caller. Absent in events and in <c>…/changes</c>, which are the same for all members.</param>
/// <param name="Description">Up to 1,000 characters; absent where there is none, and in lists of conversations.</param>
/// <param name="PictureId">A file; absent: none.</param>
public sealed record Conversation(
    Guid Id,
    ConversationKind Kind,
    DateTimeOffset CreatedAt,
    DateTimeOffset ActiveAt,
    long LastSeq,
    long LastRev,
    long MembershipVersion,
    int MemberCount,
    IReadOnlyList<MemberName> FirstMembers,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Title = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] MessagePreview? LastMessage = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? ChangesToken = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Membership? Me = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Description = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Guid? PictureId = null);

/// <param name="Id">The user's id.</param>
/// <param name="DisplayName">Their name as of reading.</param>
public sealed record MemberName(Guid Id, string DisplayName);

/// <param name="Seq">The message's seq.</param>
/// <param name="SenderId">Who sent it.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Text">Its first 200 characters; empty where it has no text, is encrypted or was deleted. Of a system message: what the sender did, in English.</param>
public sealed record MessagePreview(long Seq, Guid SenderId, MessageKind Kind, string Text);

/// <summary>The caller's own relation to a conversation.</summary>
/// <param name="Role">What they may do.</param>
/// <param name="ReadSeq">The last message they have read. Sending moves it to the message sent.</param>
/// <param name="DeliveredSeq">The last message that reached one of their devices; never less than <paramref name="ReadSeq"/>.</param>
/// <param name="Unread">How many messages come after <paramref name="ReadSeq"/>.</param>
/// <param name="Mentions">How many of those mention the caller or everyone, and have not been deleted.</param>
/// <param name="MutedUntil">No notifications before this time, the year 9999 being for good; null: not muted.</param>
/// <param name="Archived">The caller has put it away: it is in no list that does not ask for it. The next message brings it back, unless it is muted.</param>
public sealed record Membership(
    MemberRole Role, long ReadSeq, long DeliveredSeq, long Unread, long Mentions, DateTimeOffset? MutedUntil = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] bool Archived = false);

/// <param name="Items">The caller's conversations, the latest active first.</param>
/// <param name="Next">For <c>after=</c>: the next page; null on the last.</param>
public sealed record ConversationList(IReadOnlyList<Conversation> Items, string? Next = null);
