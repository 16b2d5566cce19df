using System.Text.Json.Serialization;
using Chat.Contracts.Conversations;

namespace Chat.Contracts.Messages;

/// <summary>What the sender of a system message did.</summary>
public enum SystemEvent
{
    /// <summary>Added the people of <c>userIds</c>.</summary>
    MembersAdded,

    /// <summary>Removed who stands in <c>userIds</c>.</summary>
    MemberRemoved,

    /// <summary>Joined, with <c>byInvite</c> by a link.</summary>
    MemberJoined,

    /// <summary>Left.</summary>
    MemberLeft,

    /// <summary>Gave who stands in <c>userIds</c> the <c>role</c>.</summary>
    RoleChanged,

    /// <summary>Changed what <c>details</c> names; the new <c>title</c> if it is among them.</summary>
    DetailsChanged,
}

/// <summary>What a system message tells, for clients to say it in their user's language. Names are the users' of now.</summary>
/// <param name="Event">What the sender did.</param>
/// <param name="UserIds">To whom.</param>
/// <param name="Role">Which role they have from then on.</param>
/// <param name="Details">What was changed: <c>title</c>, <c>description</c>, <c>picture</c>.</param>
/// <param name="Title">The new title.</param>
/// <param name="ByInvite">Whether it was by a link; absent: no.</param>
public sealed record SystemContent(
    SystemEvent Event,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<Guid>? UserIds = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] MemberRole? Role = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<string>? Details = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Title = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] bool ByInvite = false);
