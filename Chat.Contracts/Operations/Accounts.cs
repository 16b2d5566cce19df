using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using Chat.Contracts.Validation;

namespace Chat.Contracts.Operations;

/// <summary>An account as operators see it.</summary>
/// <param name="Id">Never changes.</param>
/// <param name="UserName">Lower-case; never changes.</param>
/// <param name="DisplayName">What the user calls themselves.</param>
/// <param name="Roles">"user", and "operator" for those who run the installation.</param>
/// <param name="CreatedAt">When the account was registered.</param>
/// <param name="Sessions">Where the user is signed in now.</param>
/// <param name="LastSeenAt">The last sign of life of the sessions that are still known (ended ones for 30 days), to within ten minutes of use.</param>
/// <param name="SuspendedAt">Since when the account may not be used; absent: it may.</param>
/// <param name="SuspensionReason">What the operator gave as the reason.</param>
public sealed record AccountInfo(
    Guid Id,
    string UserName,
    string DisplayName,
    IReadOnlyList<string> Roles,
    DateTimeOffset CreatedAt,
    long Sessions,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] DateTimeOffset? LastSeenAt = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] DateTimeOffset? SuspendedAt = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? SuspensionReason = null);

/// <param name="Items">In the order of user names.</param>
/// <param name="Next">For <c>after=</c>: the next page; null on the last.</param>
public sealed record AccountList(IReadOnlyList<AccountInfo> Items, string? Next = null);

/// <param name="Reason">Why, for other operators and for the audit log; 1 to 500 characters.</param>
public sealed record SuspendRequest(
    [property: StringLength(SuspendRequest.ReasonMax, MinimumLength = 1, ErrorMessage = Lengths.Message)]
    [property: PlainText]
    string Reason)
{
    public const int ReasonMax = 500;
}
