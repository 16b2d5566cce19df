using Chat.Contracts.Operations;
using Chat.Data.Audit;
using Chat.Data.Messages;
using Chat.Data.Permissions;
using Chat.Data.Statements;
using Npgsql;
using NpgsqlTypes;

namespace Chat.Data.Conversations;

/// <summary>Changes title, description and picture. What is already as it was wanted takes no rev.</summary>
public static class ChangeDetails
{
    /// <summary>By primary keys. A new picture is locked, so that it is not removed meanwhile; one that was replaced is looked at by the worker.</summary>
    private static readonly Statement Change = new("ChangeConversationDetails", $"""
        with wanted as (
            select c.id, c.kind, me.role, c.title, c.description, c.picture_id,
                   coalesce($3, c.title) as new_title,
                   case when not $5 then coalesce($4, c.description) end as new_description,
                   case when not $7 then coalesce($6, c.picture_id) end as new_picture
            from conversations c
            join members me on me.conversation_id = c.id
            where c.id = $1 and me.user_id = $2 and me.left_at is null
        ), picture as (
            select id from files where id = $6 and owner_id = $2 and media_type like 'image/%' and scan <> 'blocked' for key share
        ), judged as (
            select *, case
                when not {PermissionTable.Exists(ConversationAction.ChangeDetails, "kind")} then 'notOfThisKind'
                when not {PermissionTable.Condition(ConversationAction.ChangeDetails, "kind", "role")} then 'forbidden'
                when new_picture is not null and new_picture is distinct from picture_id and not exists (select from picture) then 'noFile'
            end as refusal
            from wanted
        ), different as (
            select *, array_remove(array[
                case when new_title is distinct from title then 'title' end,
                case when new_description is distinct from description then 'description' end,
                case when new_picture is distinct from picture_id then 'picture' end], null) as names
            from judged
            where refusal is null
        ), happened as (
            select $2 as actor_id, 'changed the ' || array_to_string(names, ', ') as text,
                   {SystemMessage.Content("'event', 'detailsChanged', 'details', to_jsonb(names), 'title', case when 'title' = any (names) then new_title end")} as content,
                   clock_timestamp() as at
            from different
            where names <> array[]::text[]
        ), changed as (
            update conversations c
            set {SystemMessage.Head}, title = new_title, description = new_description, picture_id = new_picture
            from happened, different
            where c.id = $1
            returning {SystemMessage.Returning}
        ), to_check as (
            insert into file_checks (file_id) select picture_id from different where picture_id is not null and picture_id is distinct from new_picture
        ), {SystemMessage.Rows}, {SystemMessage.OwnCursor}, audit as (
            {AuditRow.Insert(AuditAct.DetailsChanged, actor: 8, rows: "different, happened", conversation: "$1", details: "jsonb_build_object('details', names)")}
        )
        select refusal, null::bigint, null::uuid[], null::uuid[], {MessageRow.Columns}
        from judged
        left join message m on true
        """);

    /// <summary>Null leaves what is there.</summary>
    /// <returns>Null where the actor is no member.</returns>
    public static Task<ConversationOutcome?> RunAsync(
        NpgsqlDataSource database, Guid conversationId, Guid actorId, string? title, string? description, bool removeDescription,
        Guid? pictureId, bool removePicture, CancellationToken cancellationToken) => ChangeConversation.RunAsync(
        database, LockConversations.Step(conversationId), Change,
        Change.Step([
            Parameter.Of(conversationId), Parameter.Of(actorId), Parameter.OrNull(title, NpgsqlDbType.Text),
            Parameter.OrNull(description, NpgsqlDbType.Text), Parameter.Of(removeDescription),
            Parameter.OrNull(pictureId, NpgsqlDbType.Uuid), Parameter.Of(removePicture), .. Actor.User(actorId).Parameters]),
        ReadConversations.OneStep(conversationId, actorId), cancellationToken);
}
