using System.Text.Json;
using Chat.Contracts.Conversations;
using Chat.Data.Messages;
using Chat.Data.Permissions;
using Chat.Data.Statements;
using Npgsql;

namespace Chat.Data.Conversations;

/// <summary>Gives a member another role. There is always an owner.</summary>
public static class ChangeRole
{
    /// <summary>By the members' primary key; the other owners are looked for only when one gives it up.</summary>
    private static readonly Statement Change = new("ChangeRole", $"""
        with pair as (
            select c.id, c.kind, me.role, target.user_id as target_id, target.role as target_role
            from conversations c
            join members me on me.conversation_id = c.id
            left join members target on (target.conversation_id, target.user_id) = (c.id, $3) and target.left_at is null
            where c.id = $1 and me.user_id = $2 and me.left_at is null
        ), judged as (
            select *, case
                when not {PermissionTable.Exists(ConversationAction.ChangeRole, "kind")} then 'notOfThisKind'
                when target_id is null then 'notThere'
                when not {PermissionTable.Condition(ConversationAction.ChangeRole, "kind", "role")} then 'forbidden'
                when target_role = 'owner' and $4 <> 'owner' and not exists (
                    select from members where conversation_id = $1 and left_at is null and role = 'owner' and user_id <> $3) then 'lastOwner'
            end as refusal
            from pair
        ), updated as (
            update members m
            set role = $4
            from judged
            where (m.conversation_id, m.user_id) = (judged.id, target_id) and refusal is null and target_role <> $4
            returning m.user_id
        ), happened as (
            select $2 as actor_id, 'made one person ' || $4 as text,
                   {SystemMessage.Content("'event', 'roleChanged', 'userIds', jsonb_build_array(user_id), 'role', $4::text")} as content,
                   clock_timestamp() as at
            from updated
        ), changed as (
            update conversations c set {SystemMessage.Head} from happened where c.id = $1 returning {SystemMessage.Returning}
        ), {SystemMessage.Rows}, own_cursor as (
            update members m
            set read_seq = changed.last_seq, delivered_seq = changed.last_seq
            from changed
            where $2 <> $3 and (m.conversation_id, m.user_id) = (changed.id, $2) and m.read_seq = changed.last_seq - 1
        ), {OwnStream.Rows("updated")}
        select refusal, (select last_rev from stream), array(select user_id from updated), null::uuid[], {MessageRow.Columns}
        from judged
        left join message m on true
        """);

    /// <returns>Null where the actor is no member.</returns>
    public static Task<ConversationOutcome?> RunAsync(
        NpgsqlDataSource database, Guid conversationId, Guid actorId, Guid userId, MemberRole role, CancellationToken cancellationToken) =>
        ChangeConversation.RunAsync(
            database, LockConversations.Step(conversationId), Change,
            Change.Step(
                Parameter.Of(conversationId), Parameter.Of(actorId), Parameter.Of(userId),
                Parameter.Of(JsonNamingPolicy.CamelCase.ConvertName(role.ToString()))),
            ReadConversations.OneStep(conversationId, actorId), cancellationToken);
}
