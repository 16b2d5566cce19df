using Chat.Contracts.Operations;
using Chat.Data.Audit;
using Chat.Data.Messages;
using Chat.Data.Permissions;
using Chat.Data.Statements;
using Npgsql;

namespace Chat.Data.Conversations;

/// <summary>Adds people to a conversation, all of them or none. Who is a member already stays what they are.</summary>
public static class AddMembers
{
    /// <summary>
    /// All by primary key, and by members_user_id the conversations of those who join. The first five are recounted rather than kept up: in
    /// the order of the members' primary key. Of the people's rows a share is taken, so that none is deleted meanwhile. Who is new has nothing unread but the word of it; who comes back finds their cursor.
    /// </summary>
    private static readonly Statement Add = new("AddMembers", $"""
        with conversation as (
            select c.id, c.kind, c.member_count, c.last_seq, {PermissionTable.Condition(ConversationAction.AddMembers, "c.kind", "me.role")} as may
            from conversations c
            join members me on me.conversation_id = c.id
            where c.id = $1 and me.user_id = $2 and me.left_at is null
        ), people as (
            select users.id from unnest($3) as wanted (id) join users using (id)
            where deleted_at is null and not exists (select from blocks where (user_id, blocked_id) = (users.id, $2))
            for key share of users
        ), joining as (
            select people.id as user_id
            from people
            where not exists (select from members where conversation_id = $1 and user_id = people.id and left_at is null)
        ), judged as (
            select id, last_seq, case
                when not {PermissionTable.Exists(ConversationAction.AddMembers, "kind")} then 'notOfThisKind'
                when not may then 'forbidden'
                when (select count(*) from people) < cardinality($3) then 'notThere'
                when member_count + (select count(*) from joining) > $4 then 'full'
                when exists (select from joining where (
                    select count(*) from members where members.user_id = joining.user_id and left_at is null) >= $5) then 'tooManyConversations'
            end as refusal
            from conversation
        ), joined as (
            insert into members (conversation_id, user_id, role, read_seq, delivered_seq)
            select id, user_id, 'member', last_seq, last_seq from judged, joining where refusal is null order by user_id
            on conflict (conversation_id, user_id) do update
            set role = 'member', joined_at = clock_timestamp(), left_at = null, archived_seq = null
            returning user_id
        ), happened as (
            select $2 as actor_id, case count(*) when 1 then 'added one person' else 'added ' || count(*) || ' people' end as text,
                   {SystemMessage.Content("'event', 'membersAdded', 'userIds', to_jsonb(array_agg(user_id order by user_id))")} as content,
                   clock_timestamp() as at
            from joined
            having count(*) > 0
        ), changed as (
            update conversations c
            set {SystemMessage.Head},
                membership_version = c.membership_version + 1,
                member_count = c.member_count + (select count(*) from joined),
                first_member_ids = array(
                    (select user_id from members where conversation_id = $1 and left_at is null order by user_id limit 5)
                    union all (select user_id from joined)
                    order by 1 limit 5)
            from happened
            where c.id = $1
            returning {SystemMessage.Returning}
        ), {SystemMessage.Rows}, {SystemMessage.OwnCursor}, {OwnStream.Rows("joined")}, audit as (
            {AuditRow.Insert(AuditAct.MemberAdded, actor: 6, rows: "joined", user: "user_id", conversation: "$1")}
        )
        select refusal, null::bigint, array(select user_id from joined order by 1),
               case when refusal = 'notThere' then array(select id from unnest($3) as wanted (id) except select id from people) end,
               {MessageRow.Columns}
        from judged
        left join message m on true
        """);

    /// <param name="actorId">Who asks for it.</param>
    /// <param name="people">Nobody twice.</param>
    /// <returns>Null where the actor is no member.</returns>
    public static Task<ConversationOutcome?> RunAsync(
        NpgsqlDataSource database, ConversationOptions limits, Guid conversationId, Guid actorId, Guid[] people,
        CancellationToken cancellationToken) => ChangeConversation.RunAsync(
        database, LockConversations.Step(conversationId), Add,
        Add.Step([
            Parameter.Of(conversationId), Parameter.Of(actorId), Parameter.Of(people), Parameter.Of((long)limits.MembersMax),
            Parameter.Of((long)limits.ConversationsPerUser), .. Actor.User(actorId).Parameters]),
        ReadConversations.OneStep(conversationId, actorId), cancellationToken);
}
