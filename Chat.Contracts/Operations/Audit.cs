using System.Text.Json;
using System.Text.Json.Serialization;

namespace Chat.Contracts.Operations;

/// <summary>What the audit log tells of. Names never change once published.</summary>
public enum AuditAct
{
    /// <summary>A user was made an operator.</summary>
    OperatorAppointed,

    /// <summary>An operator is a user only, from now on.</summary>
    OperatorDismissed,

    /// <summary>A user was suspended, or the reason of a suspension was replaced; <c>details.reason</c>.</summary>
    UserSuspended,

    /// <summary>A suspension was lifted.</summary>
    SuspensionLifted,

    /// <summary>An operator signed a user out everywhere.</summary>
    SessionsEnded,

    /// <summary>An account was deleted, by its owner or by an operator.</summary>
    AccountDeleted,

    /// <summary>A user was given all that is kept of them.</summary>
    DataExported,

    /// <summary>The audit log was exported.</summary>
    AuditExported,

    /// <summary>Somebody was added to a conversation that there was already.</summary>
    MemberAdded,

    /// <summary>Somebody was removed from a conversation by somebody else.</summary>
    MemberRemoved,

    /// <summary>Somebody left a conversation.</summary>
    MemberLeft,

    /// <summary>The account of a conversation's last owner was deleted, and the place went to the user named.</summary>
    OwnershipPassed,

    /// <summary>Somebody joined a channel, or what they had a link to.</summary>
    MemberJoined,

    /// <summary>A member was given another role; <c>details.role</c>.</summary>
    RoleChanged,

    /// <summary>A conversation's title, description or picture was changed; <c>details.details</c> says which.</summary>
    DetailsChanged,

    /// <summary>A conversation was deleted for everyone.</summary>
    ConversationDeleted,

    /// <summary>A link to join by was made; <c>details</c> has its id and bounds.</summary>
    InviteCreated,

    /// <summary>A link to join by was revoked; <c>details.inviteId</c>.</summary>
    InviteRevoked,
}

/// <summary>A row of the audit log, which is never changed and never removed.</summary>
/// <param name="Id">Identifies the row.</param>
/// <param name="At">When it was done.</param>
/// <param name="Act">What was done.</param>
/// <param name="ByKey">Whether it was done by right of the operator key.</param>
/// <param name="ActorId">Who did it; absent: whoever had the operator key.</param>
/// <param name="UserId">To whom.</param>
/// <param name="ConversationId">Where.</param>
/// <param name="Details">What else is to be known of it.</param>
/// <param name="TraceId">Of the request; absent: it was done by no request.</param>
public sealed record AuditEntry(
    Guid Id,
    DateTimeOffset At,
    AuditAct Act,
    bool ByKey,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Guid? ActorId = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Guid? UserId = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Guid? ConversationId = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] JsonElement? Details = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? TraceId = null);

/// <param name="Items">The latest first.</param>
/// <param name="Next">For <c>after=</c>: the next page; null on the last.</param>
public sealed record AuditPage(IReadOnlyList<AuditEntry> Items, string? Next = null);
