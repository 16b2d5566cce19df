using System.Text.Json.Serialization;

namespace Chat.Contracts.Conversations;

/// <summary>A link by which people join a conversation, as those see it who may make them.</summary>
/// <param name="Id">UUIDv7. Not what stands in the link.</param>
/// <param name="CreatedBy">Who made it. It ends when they are no member any more.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="ExpiresAt">Until when it can be used.</param>
/// <param name="Uses">How many have joined by it.</param>
/// <param name="UsesMax">How many may; absent: any number.</param>
public sealed record Invite(
    Guid Id, Guid CreatedBy, DateTimeOffset CreatedAt, DateTimeOffset ExpiresAt, int Uses,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? UsesMax = null);

/// <param name="Token">For the link: 256 random bits, base64url. Told here once, and stored nowhere.</param>
/// <param name="Invite">What is known of it.</param>
public sealed record CreatedInvite(string Token, Invite Invite);

/// <param name="Items">Those that can still be used, the oldest first: at most 100, so all of them.</param>
public sealed record InviteList(IReadOnlyList<Invite> Items);

/// <summary>What who has a link is shown before they join.</summary>
/// <param name="ConversationId">Which conversation.</param>
/// <param name="Kind">A group or a channel.</param>
/// <param name="Title">What it is called.</param>
/// <param name="MemberCount">How many members there are.</param>
/// <param name="InvitedBy">The name of who made the link.</param>
/// <param name="ExpiresAt">Until when it can be used.</param>
/// <param name="IsMember">Whether the caller is a member already.</param>
/// <param name="Description">Absent: none.</param>
/// <param name="PictureId">A file; absent: none.</param>
public sealed record InvitePreview(
    Guid ConversationId, ConversationKind Kind, string Title, int MemberCount, string InvitedBy, DateTimeOffset ExpiresAt, bool IsMember,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Description = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Guid? PictureId = null);
