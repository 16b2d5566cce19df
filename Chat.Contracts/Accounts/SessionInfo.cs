namespace Chat.Contracts.Accounts;

/// <summary>One of the caller's sign-ins.</summary>
/// <param name="Id">For ending it.</param>
/// <param name="Current">Whether it is the one that asks.</param>
/// <param name="UserAgent">What the client called itself at sign-in; null where it said nothing.</param>
/// <param name="CreatedAt">When the sign-in was.</param>
/// <param name="LastRefreshedAt">The last sign of life, to within ten minutes of use.</param>
public sealed record SessionInfo(Guid Id, bool Current, string? UserAgent, DateTimeOffset CreatedAt, DateTimeOffset LastRefreshedAt);

/// <param name="Items">The living sessions, the last used first; 100 at the most.</param>
/// <param name="Next">Always null: one page holds all.</param>
public sealed record SessionList(IReadOnlyList<SessionInfo> Items, string? Next);
