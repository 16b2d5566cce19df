namespace Chat.Contracts.Conversations;

/// <summary>What a member may do, beyond reading and writing.</summary>
public enum MemberRole
{
    /// <summary>Nothing beyond.</summary>
    Member,

    /// <summary>Add people, remove those who are members only, change what the conversation is called, make links to it.</summary>
    Admin,

    /// <summary>Everything, roles among it. docs/permissions.md has the whole table.</summary>
    Owner,
}

/// <summary>A member of a conversation.</summary>
/// <param name="UserId">Whose membership it is.</param>
/// <param name="UserName">Their unique name.</param>
/// <param name="DisplayName">Their name as of reading.</param>
/// <param name="Role">What they may do.</param>
/// <param name="JoinedAt">When they last became a member.</param>
/// <param name="ReadSeq">The last message they have read.</param>
/// <param name="DeliveredSeq">The last message that reached one of their devices.</param>
public sealed record Member(
    Guid UserId, string UserName, string DisplayName, MemberRole Role, DateTimeOffset JoinedAt, long ReadSeq, long DeliveredSeq);

/// <param name="Items">Members in the order of their user ids, which is the order in which their accounts were made.</param>
/// <param name="Next">For <c>after=</c>: the next page; null on the last.</param>
public sealed record MemberList(IReadOnlyList<Member> Items, string? Next = null);

/// <param name="UserIds">Those who became members by this call; the others were members already.</param>
/// <param name="MembershipVersion">The conversation's, after the call.</param>
public sealed record MembersAdded(IReadOnlyList<Guid> UserIds, long MembershipVersion);
