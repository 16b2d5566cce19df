using Chat.Contracts.Accounts;

namespace Chat.Contracts.Conversations;

/// <param name="Items">Whom the caller blocks, in the order of their ids.</param>
/// <param name="Next">For <c>after=</c>: the next page; null on the last.</param>
public sealed record BlockList(IReadOnlyList<UserProfile> Items, string? Next = null);
