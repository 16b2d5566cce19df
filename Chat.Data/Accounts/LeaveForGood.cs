using Chat.Contracts.Operations;
using Chat.Data.Audit;
using Chat.Data.Conversations;
using Chat.Data.Statements;
using Npgsql;

namespace Chat.Data.Accounts;

/// <summary>
/// Takes a deleted account out of one conversation. Unlike who leaves, the last owner is not asked to hand over: the longest-standing admin,
/// or else member, becomes the owner.
/// </summary>
public static class LeaveForGood
{
    /// <summary>By the primary keys. The heir's own stream tells their devices of the new role.</summary>
    private static readonly Statement Leave = new("LeaveForGood", $"""
        with removed as (
            update members m
            set left_at = clock_timestamp()
            from conversations c
            where m.conversation_id = $1 and m.user_id = $2 and m.left_at is null and c.id = m.conversation_id and c.kind <> 'direct'
            returning m.user_id, m.role
        ), heir as (
            select user_id
            from members
            where conversation_id = $1 and left_at is null and user_id <> $2
              and exists (select from removed where role = 'owner')
              and not exists (
                  select from members where conversation_id = $1 and left_at is null and user_id <> $2 and role = 'owner')
            order by role = 'admin' desc, joined_at, user_id
            limit 1
        ), handed_over as (
            update members m set role = 'owner' from heir where m.conversation_id = $1 and m.user_id = heir.user_id returning m.user_id
        ), changed as (
            update conversations
            set last_rev = last_rev + 1,
                membership_version = membership_version + 1,
                member_count = member_count - 1,
                first_member_ids = array(
                    select user_id from members
                    where conversation_id = $1 and left_at is null and user_id <> $2 order by user_id limit 5)
            where id = $1 and exists (select from removed)
            returning last_rev, membership_version
        ), forgotten_invite as (
            delete from invites i using removed where i.conversation_id = $1 and i.created_by = removed.user_id
        ), change as (
            insert into changes (conversation_id, rev, seq) select $1, last_rev, 0 from changed
        ), stream as (
            insert into user_streams (user_id, last_rev)
            select user_id, 1 from handed_over
            on conflict (user_id) do update set last_rev = user_streams.last_rev + 1
            returning user_id, last_rev
        ), user_change as (
            insert into user_changes (user_id, rev, conversation_id, seq) select user_id, last_rev, $1, 0 from stream
        ), audit as (
            {AuditRow.Insert(AuditAct.MemberLeft, actor: 3, rows: "removed", user: "user_id", conversation: "$1")}
        ), audit_of_heir as (
            {AuditRow.Insert(AuditAct.OwnershipPassed, actor: 3, rows: "handed_over", user: "user_id", conversation: "$1")}
        )
        select changed.last_rev, membership_version, stream.user_id, stream.last_rev from changed left join stream on true
        """);

    /// <returns>Null: they were no member, and nothing has changed.</returns>
    public static async Task<LeftForGood?> RunAsync(
        NpgsqlDataSource database, Guid conversationId, Guid userId, CancellationToken cancellationToken)
    {
        var rows = await StatementBatch.QueryAsync(
            database, Leave,
            row => new LeftForGood(
                row.GetInt64(0), row.GetInt64(1), row.IsDBNull(2) ? null : row.GetGuid(2), row.IsDBNull(3) ? 0 : row.GetInt64(3)),
            timeout: null, cancellationToken,
            LockConversations.Step(conversationId),
            Leave.Step([Parameter.Of(conversationId), Parameter.Of(userId), .. Actor.User(userId).Parameters]));
        return rows.SingleOrDefault();
    }
}

/// <param name="Rev">Of the change.</param>
/// <param name="MembershipVersion">After the change.</param>
/// <param name="HeirId">Who became the owner; null: nobody had to.</param>
/// <param name="HeirRev">Of the heir's own stream.</param>
public sealed record LeftForGood(long Rev, long MembershipVersion, Guid? HeirId, long HeirRev);
