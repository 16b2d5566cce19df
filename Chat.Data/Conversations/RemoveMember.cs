using Chat.Contracts.Conversations;
using Chat.Contracts.Operations;
using Chat.Data.Audit;
using Chat.Data.Statements;
using Npgsql;

namespace Chat.Data.Conversations;

/// <summary>
/// Ends a membership: somebody leaves, or is removed by an owner, or by an admin where they are a member only. When the last owner
/// goes, the longest-standing admin, or else member, becomes the owner.
/// </summary>
public static class RemoveMember
{
    private static readonly Statement Remove = new("RemoveMember", $"""
        with conversation as (
            select c.id, c.kind, me.role
            from conversations c
            join members me on me.conversation_id = c.id
            where c.id = $1 and me.user_id = $2 and me.left_at is null
        ), target as (
            select user_id, role from members where conversation_id = $1 and user_id = $3 and left_at is null
        ), removed as (
            update members m
            set left_at = clock_timestamp()
            from conversation, target
            where m.conversation_id = conversation.id and m.user_id = target.user_id and kind <> 'direct'
              and ($2 = $3 or conversation.role = 'owner' or (conversation.role = 'admin' and target.role = 'member'))
            returning m.user_id, m.role
        ), heir as (
            select user_id
            from members
            where conversation_id = $1 and left_at is null and user_id <> $3
              and exists (select from removed where role = 'owner')
              and not exists (
                  select from members where conversation_id = $1 and left_at is null and user_id <> $3 and role = 'owner')
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
                    where conversation_id = $1 and left_at is null and user_id <> $3 order by user_id limit 5)
            where id = $1 and exists (select from removed)
            returning last_rev, membership_version
        ), change as (
            insert into changes (conversation_id, rev, seq) select $1, last_rev, 0 from changed
        ), stream as (
            insert into user_streams (user_id, last_rev)
            select user_id, 1 from removed
            on conflict (user_id) do update set last_rev = user_streams.last_rev + 1
            returning user_id, last_rev
        ), user_change as (
            insert into user_changes (user_id, rev, conversation_id, seq) select user_id, last_rev, $1, 0 from stream
        ), audit as (
            {AuditRow.Insert(AuditAct.MemberRemoved, actor: 4, rows: "removed where $2 <> $3", user: "user_id", conversation: "$1")}
        ), audit_of_leaving as (
            {AuditRow.Insert(AuditAct.MemberLeft, actor: 4, rows: "removed where $2 = $3", user: "user_id", conversation: "$1")}
        ), audit_of_heir as (
            {AuditRow.Insert(AuditAct.OwnershipPassed, actor: 4, rows: "handed_over", user: "user_id", conversation: "$1")}
        )
        select kind, exists (select from target), coalesce(last_rev, 0), coalesce(membership_version, 0)
        from conversation
        left join changed on true
        """);

    /// <returns>Null where the actor is no member.</returns>
    public static async Task<RemoveMemberOutcome?> RunAsync(
        NpgsqlDataSource database, Guid conversationId, Guid actorId, Guid userId, CancellationToken cancellationToken)
    {
        var rows = await StatementBatch.QueryAsync(
            database, Remove,
            row => new RemoveMemberOutcome(
                Enum.Parse<ConversationKind>(row.GetString(0), ignoreCase: true), row.GetBoolean(1), row.GetInt64(2), row.GetInt64(3)),
            timeout: null, cancellationToken,
            LockConversations.Step(conversationId),
            Remove.Step([
                Parameter.Of(conversationId), Parameter.Of(actorId), Parameter.Of(userId), .. Actor.User(actorId).Parameters]));
        return rows.SingleOrDefault();
    }
}

/// <param name="Kind">Nobody leaves a direct conversation.</param>
/// <param name="WasMember">Whether there was somebody to remove.</param>
/// <param name="Rev">Of the change; 0: nothing has changed.</param>
/// <param name="MembershipVersion">After the change.</param>
public sealed record RemoveMemberOutcome(ConversationKind Kind, bool WasMember, long Rev, long MembershipVersion);
