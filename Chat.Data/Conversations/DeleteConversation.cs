using Chat.Contracts.Operations;
using Chat.Data.Audit;
using Chat.Data.Messages;
using Chat.Data.Permissions;
using Chat.Data.Statements;
using Npgsql;

namespace Chat.Data.Conversations;

/// <summary>Deletes a conversation for everyone: all leave, nobody can join, and to each of them it is as if it had never been.</summary>
public static class DeleteConversation
{
    /// <summary>
    /// The one statement with work for each member, who must all be told; nobody waits for the lock of a conversation that ends. There is no
    /// message, for nobody could read it.
    /// </summary>
    private static readonly Statement Delete = new("DeleteConversation", $"""
        with judged as (
            select c.id, case
                when not {PermissionTable.Exists(ConversationAction.DeleteConversation, "c.kind")} then 'notOfThisKind'
                when not {PermissionTable.Condition(ConversationAction.DeleteConversation, "c.kind", "me.role")} then 'forbidden'
            end as refusal
            from conversations c
            join members me on me.conversation_id = c.id
            where c.id = $1 and me.user_id = $2 and me.left_at is null
        ), changed as (
            update conversations c
            set deleted_at = clock_timestamp(), last_rev = c.last_rev + 1, membership_version = c.membership_version + 1, member_count = 0,
                first_member_ids = array[]::uuid[]
            from judged
            where c.id = judged.id and refusal is null
            returning c.id, c.last_rev, c.picture_id
        ), removed as (
            update members m
            set left_at = clock_timestamp()
            from changed
            where m.conversation_id = changed.id and left_at is null
            returning m.user_id
        ), change as (
            insert into changes (conversation_id, rev, seq) select id, last_rev, 0 from changed
        ), forgotten_invite as (
            delete from invites using changed where conversation_id = changed.id
        ), forgotten_file as (
            delete from file_uses using changed where conversation_id = changed.id returning file_id
        ), to_check as (
            insert into file_checks (file_id)
            select file_id from forgotten_file
            union
            select picture_id from changed where picture_id is not null
        ), {OwnStream.Rows("removed")}, audit as (
            {AuditRow.Insert(AuditAct.ConversationDeleted, actor: 3, rows: "changed", conversation: "$1")}
        )
        select refusal, null::bigint, array(select user_id from removed order by 1), null::uuid[], {MessageRow.Columns}
        from judged
        left join messages m on false
        """);

    /// <returns>Null where the actor is no member.</returns>
    public static Task<ConversationOutcome?> RunAsync(
        NpgsqlDataSource database, Guid conversationId, Guid actorId, CancellationToken cancellationToken) =>
        ChangeConversation.RunAsync(
            database, LockConversations.Step(conversationId), Delete,
            Delete.Step([Parameter.Of(conversationId), Parameter.Of(actorId), .. Actor.User(actorId).Parameters]),
            ReadConversations.ChangedStep(conversationId), cancellationToken);
}
