using Chat.Data.Messages;
using Chat.Data.Permissions;
using Chat.Data.Statements;
using Npgsql;

namespace Chat.Data.Conversations;

/// <summary>
/// Ends a membership: somebody leaves, or is removed. The last owner hands over before they leave; who is alone takes the conversation
/// with them.
/// </summary>
public static class RemoveMember
{
    /// <summary>
    /// By the members' primary key; the other owners are looked for only when an owner leaves. Links that the removed person has made
    /// would let them in again, and go.
    /// </summary>
    private static readonly Statement Remove = new("RemoveMember", $"""
        with pair as (
            select c.id, c.kind, c.member_count, me.role, target.user_id as target_id, target.role as target_role
            from conversations c
            join members me on me.conversation_id = c.id
            left join members target on (target.conversation_id, target.user_id) = (c.id, $3) and target.left_at is null
            where c.id = $1 and me.user_id = $2 and me.left_at is null
        ), judged as (
            select *, member_count = 1 as is_end, case
                when not {PermissionTable.Exists(ConversationAction.Leave, "kind")} then 'notOfThisKind'
                when target_id is null then 'notThere'
                when $2 = $3 then case
                    when target_role = 'owner' and member_count > 1 and not exists (
                        select from members where conversation_id = $1 and left_at is null and role = 'owner' and user_id <> $3) then 'lastOwner'
                end
                when target_role = 'member' and {PermissionTable.Condition(ConversationAction.RemoveMember, "kind", "role")} then null
                when target_role <> 'member' and {PermissionTable.Condition(ConversationAction.RemoveAdmin, "kind", "role")} then null
                else 'forbidden'
            end as refusal
            from pair
        ), removed as (
            update members m
            set left_at = clock_timestamp()
            from judged
            where (m.conversation_id, m.user_id) = (judged.id, target_id) and refusal is null
            returning m.user_id
        ), happened as (
            select $2 as actor_id, case when $2 = $3 then 'left' else 'removed one person' end as text,
                   case when $2 = $3 then {SystemMessage.Content("'event', 'memberLeft'")}
                        else {SystemMessage.Content("'event', 'memberRemoved', 'userIds', jsonb_build_array(user_id)")} end as content,
                   clock_timestamp() as at
            from removed
        ), changed as (
            update conversations c
            set {SystemMessage.Head},
                membership_version = c.membership_version + 1,
                member_count = c.member_count - 1,
                deleted_at = case when is_end then happened.at end,
                first_member_ids = array(
                    select user_id from members
                    where conversation_id = $1 and left_at is null and user_id <> $3 order by user_id limit 5)
            from happened, judged
            where c.id = $1
            returning {SystemMessage.Returning}
        ), {SystemMessage.Rows}, own_cursor as (
            update members m
            set read_seq = changed.last_seq, delivered_seq = changed.last_seq
            from changed
            where $2 <> $3 and (m.conversation_id, m.user_id) = (changed.id, $2) and m.read_seq = changed.last_seq - 1
        ), forgotten_invite as (
            delete from invites i using removed, judged where i.conversation_id = $1 and (i.created_by = removed.user_id or is_end)
        ), {OwnStream.Rows("removed")}
        select refusal, null::bigint, array(select user_id from removed), null::uuid[], {MessageRow.Columns}
        from judged
        left join message m on true
        """);

    /// <returns>Null where the actor is no member.</returns>
    public static Task<ConversationOutcome?> RunAsync(
        NpgsqlDataSource database, Guid conversationId, Guid actorId, Guid userId, CancellationToken cancellationToken) =>
        ChangeConversation.RunAsync(
            database, LockConversations.Step(conversationId), Remove,
            Remove.Step(Parameter.Of(conversationId), Parameter.Of(actorId), Parameter.Of(userId)),
            ReadConversations.ChangedStep(conversationId), cancellationToken);
}
