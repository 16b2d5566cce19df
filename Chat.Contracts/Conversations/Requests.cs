using System.ComponentModel.DataAnnotations;
using Chat.Contracts.Validation;

namespace Chat.Contracts.Conversations;

/// <param name="Kind"><c>direct</c> or <c>group</c>.</param>
/// <param name="MemberIds">The others: the one other person of a direct conversation, up to 100 of a group. The caller is always a member.</param>
/// <param name="Title">A group's title, 1 to 200 characters; not for direct ones.</param>
public sealed record CreateConversationRequest(
    ConversationKind Kind,
    [property: MaxLength(ConversationLimits.UsersPerCall, ErrorMessage = "At most 100 people in one call.")]
    IReadOnlyList<Guid> MemberIds,
    [property: StringLength(ConversationLimits.TitleMax, MinimumLength = 1)]
    [property: PlainText]
    string? Title = null);

/// <param name="UserIds">1 to 100 users. Those who are members already stay what they are.</param>
public sealed record AddMembersRequest(
    [property: Length(1, ConversationLimits.UsersPerCall, ErrorMessage = "From 1 to 100 people in one call.")]
    IReadOnlyList<Guid> UserIds);
