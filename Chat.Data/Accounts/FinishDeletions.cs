using Chat.Data.Statements;
using Npgsql;

namespace Chat.Data.Accounts;

/// <summary>
/// What is left to do for deleted accounts, in bounded steps. Each can be done twice, by two workers, or be cut off: what has been done is in
/// the rows, and nothing can be added for an account that is gone. Direct conversations keep both members, so that the other may go on reading.
/// </summary>
public static class FinishDeletions
{
    /// <summary>In one pass.</summary>
    public const int MaxAccounts = 10;

    /// <summary>Of each account in one pass.</summary>
    public const int MaxMemberships = 20;

    /// <summary>Of each kind in one step.</summary>
    public const int MaxRows = 1_000;

    /// <summary>By members_user_id and the conversations' primary key.</summary>
    private static readonly Statement Find = new("FindUnfinishedDeletions", $"""
        with due as (
            select user_id from account_deletions order by requested_at limit {MaxAccounts}
        )
        select due.user_id, m.conversation_id
        from due
        left join lateral (
            select m.conversation_id
            from members m
            join conversations c on c.id = m.conversation_id
            where m.user_id = due.user_id and m.left_at is null and c.kind <> 'direct'
            order by m.conversation_id
            limit {MaxMemberships}
        ) as m on true
        """);

    /// <summary>By the primary keys. The account is finished when nothing was left to be removed, by a statement that saw all that there was.</summary>
    private static readonly Statement Clean = new("CleanDeletedAccount", $"""
        with hidden as (
            delete from hidden_messages
            where user_id = $1 and (conversation_id, seq) in (
                select conversation_id, seq from hidden_messages where user_id = $1 limit {MaxRows})
            returning 1
        ), change as (
            delete from user_changes
            where user_id = $1 and rev in (select rev from user_changes where user_id = $1 order by rev limit {MaxRows})
            returning 1
        ), export as (
            delete from exports where user_id = $1
        ), block as (
            delete from blocks where user_id = $1 or blocked_id = $1
        ), finished as (
            delete from account_deletions
            where user_id = $1 and not exists (select from hidden) and not exists (select from change)
              and not exists (
                  select from members m
                  join conversations c on c.id = m.conversation_id
                  where m.user_id = $1 and m.left_at is null and c.kind <> 'direct')
            returning user_id
        ), stream as (
            delete from user_streams using finished where user_streams.user_id = finished.user_id
        )
        select 1
        """);

    /// <returns>Memberships to end; without a conversation: the account has none left, and is to be cleaned.</returns>
    public static Task<List<(Guid UserId, Guid? ConversationId)>> FindAsync(NpgsqlDataSource database, CancellationToken cancellationToken) =>
        Find.QueryAsync(database, row => (row.GetGuid(0), row.IsDBNull(1) ? (Guid?)null : row.GetGuid(1)), cancellationToken);

    /// <summary>Removes what was the user's alone, and forgets the deletion when nothing is left to do.</summary>
    public static Task CleanAsync(NpgsqlDataSource database, Guid userId, CancellationToken cancellationToken) =>
        Clean.QueryAsync(database, row => row.GetInt32(0), cancellationToken, Parameter.Of(userId));
}
