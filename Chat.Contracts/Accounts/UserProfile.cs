using System.Text.Json.Serialization;

namespace Chat.Contracts.Accounts;

/// <summary>A user as all others see them.</summary>
/// <param name="Id">Never changes.</param>
/// <param name="UserName">Lower-case; never changes.</param>
/// <param name="DisplayName">What the user calls themselves.</param>
/// <param name="Deleted">The account is gone: it is the author of messages only, and both names are made up. Absent: no.</param>
public sealed record UserProfile(
    Guid Id, string UserName, string DisplayName, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] bool Deleted = false);

/// <param name="Items">Those that the user name matches first, in its order; then those that only the display name matches.</param>
/// <param name="Next">Give it back as <c>after</c> for the next page; null where this one is the last.</param>
public sealed record UserList(IReadOnlyList<UserProfile> Items, string? Next);
