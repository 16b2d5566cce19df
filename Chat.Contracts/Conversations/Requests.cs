using System.ComponentModel.DataAnnotations;
using Chat.Contracts.Validation;

namespace Chat.Contracts.Conversations;

/// <param name="Kind">A channel is found by everybody, by its title.</param>
/// <param name="MemberIds">The others: the one other person of a direct conversation, up to 100 of a group or channel. The caller is always a member.</param>
/// <param name="Title">Of a group or channel, 1 to 200 characters; not for direct ones.</param>
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

/// <summary>What is absent stays as it is.</summary>
/// <param name="Title">1 to 200 characters.</param>
/// <param name="Description">1 to 1,000 characters.</param>
/// <param name="RemoveDescription">Whether there is to be none.</param>
/// <param name="PictureId">A picture that the caller has uploaded.</param>
/// <param name="RemovePicture">Whether there is to be none.</param>
public sealed record ChangeConversationRequest(
    [property: StringLength(ConversationLimits.TitleMax, MinimumLength = 1)]
    [property: PlainText]
    string? Title = null,
    [property: StringLength(ConversationLimits.DescriptionMax, MinimumLength = 1)]
    [property: MessageText]
    string? Description = null,
    bool RemoveDescription = false,
    Guid? PictureId = null,
    bool RemovePicture = false) : IValidatableObject
{
    /// <summary>Whether it wants anything, and nothing that contradicts itself.</summary>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Title is null && Description is null && PictureId is null && !RemoveDescription && !RemovePicture)
        {
            yield return new ValidationResult("Something must be changed.", [nameof(Title)]);
        }

        if (Description is not null && RemoveDescription)
        {
            yield return new ValidationResult("Either a description or its removal.", [nameof(RemoveDescription)]);
        }

        if (PictureId is not null && RemovePicture)
        {
            yield return new ValidationResult("Either a picture or its removal.", [nameof(RemovePicture)]);
        }
    }
}

/// <param name="Role">What they may do from then on.</param>
public sealed record ChangeRoleRequest(MemberRole Role);

/// <param name="Until">No notifications before this time; absent: for good.</param>
public sealed record MuteRequest(DateTimeOffset? Until = null);

/// <param name="ExpiresAt">Until when it can be used, a year from now at most; absent: for 7 days.</param>
/// <param name="UsesMax">How many people may join by it, 1 to 10,000; absent: any number.</param>
public sealed record CreateInviteRequest(
    DateTimeOffset? ExpiresAt = null,
    [property: Range(1, ConversationLimits.InviteUsesMax, ErrorMessage = "Must be from 1 to 10,000.")]
    int? UsesMax = null);
