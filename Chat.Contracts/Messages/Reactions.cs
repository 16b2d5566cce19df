namespace Chat.Contracts.Messages;

/// <param name="Items">Emoji by emoji, of each the earliest first.</param>
/// <param name="Next">For <c>after=</c>: the next page; null on the last.</param>
public sealed record ReactionList(IReadOnlyList<Reaction> Items, string? Next = null);

/// <summary>A member's reaction to a message.</summary>
/// <param name="UserId">Whose it is.</param>
/// <param name="DisplayName">Their name as of reading.</param>
/// <param name="Emoji">One emoji.</param>
/// <param name="CreatedAt">When they reacted.</param>
public sealed record Reaction(Guid UserId, string DisplayName, string Emoji, DateTimeOffset CreatedAt);
