using System.Text.Json.Serialization;
using Chat.Contracts.Messages;

namespace Chat.Contracts.Conversations;

/// <summary>A page of the caller's conversations. People stand once in it, in <paramref name="Users"/>; the items name them by their place there.</summary>
/// <param name="Items">The latest active first.</param>
/// <param name="Users">Everyone whom the items name. Names are as of reading.</param>
/// <param name="ChangesToken">
/// For <c>changedSince=</c>: what has changed since this answer. Of several pages keep that of the first: what changes while one pages
/// is then told the next time.
/// </param>
/// <param name="Next">For <c>after=</c>: the next page; null on the last.</param>
public sealed record ConversationList(
    IReadOnlyList<ListedConversation> Items, IReadOnlyList<MemberName> Users, string ChangesToken, string? Next = null);

/// <summary>What a list shows of a conversation. The rest, and the token for its changes, is in <see cref="Conversation"/>.</summary>
/// <param name="Id">UUIDv7.</param>
/// <param name="Kind">Who it is between.</param>
/// <param name="ActiveAt">When the last message was sent, or else when it was created.</param>
/// <param name="LastSeq">The last message's seq; 0 before the first.</param>
/// <param name="LastRev">The rev of the latest change of the conversation or of a message in it: greater than the one that is held, and it has changed.</param>
/// <param name="MembershipVersion">Grows with each change of who is a member.</param>
/// <param name="MemberCount">How many members there are.</param>
/// <param name="FirstMembers">Up to five of them, the first that the list of members has: places in the answer's <c>users</c>, from 0.</param>
/// <param name="Me">What the conversation is to the caller.</param>
/// <param name="Title">1 to 200 characters; absent in a direct conversation, which is called by the other member's name.</param>
/// <param name="LastMessage">The beginning of the last message; absent before the first.</param>
/// <param name="PictureId">A file; absent: none.</param>
public sealed record ListedConversation(
    Guid Id,
    ConversationKind Kind,
    DateTimeOffset ActiveAt,
    long LastSeq,
    long LastRev,
    long MembershipVersion,
    int MemberCount,
    IReadOnlyList<int> FirstMembers,
    Membership Me,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Title = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] ListedMessage? LastMessage = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Guid? PictureId = null);

/// <summary>The last message of a conversation in a list; its seq is <c>lastSeq</c>.</summary>
/// <param name="Sender">Who sent it: the place in the answer's <c>users</c>, from 0.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Text">Its first 100 characters; empty where it has no text, is encrypted or was deleted.</param>
public sealed record ListedMessage(int Sender, MessageKind Kind, string Text);
