using Chat.Contracts.Conversations;
using Chat.Contracts.Operations;
using Chat.Data.Audit;
using Chat.Data.Statements;
using Npgsql;

namespace Chat.Data.Conversations;

/// <summary>Adds people to a conversation, all of them or none. Who is a member already stays what they are.</summary>
public static class AddMembers
{
    /// <summary>All by primary key. Of the people's rows a share is taken, so that none is deleted meanwhile. The first five are recounted rather than kept up: in the order of the members' primary key.</summary>
    private static readonly Statement Add = new("AddMembers", $"""
        with conversation as (
            select c.id, c.kind, c.member_count, c.membership_version, me.role
            from conversations c
            join members me on me.conversation_id = c.id
            where c.id = $1 and me.user_id = $2 and me.left_at is null
        ), people as (
            select users.id from unnest($3) as wanted (id) join users using (id) where deleted_at is null for key share of users
        ), joining as (
            select people.id as user_id
            from people
            where not exists (select from members where conversation_id = $1 and user_id = people.id and left_at is null)
        ), allowed as (
            select id
            from conversation
            where kind <> 'direct' and role in ('owner', 'admin')
              and (select count(*) from people) = cardinality($3)
              and member_count + (select count(*) from joining) <= $4
        ), joined as (
            insert into members (conversation_id, user_id, role)
            select allowed.id, user_id, 'member' from allowed, joining
            on conflict (conversation_id, user_id) do update set role = 'member', joined_at = clock_timestamp(), left_at = null
            returning user_id
        ), changed as (
            update conversations c
            set last_rev = last_rev + 1,
                membership_version = c.membership_version + 1,
                member_count = c.member_count + (select count(*) from joined),
                first_member_ids = array(
                    (select user_id from members where conversation_id = $1 and left_at is null order by user_id limit 5)
                    union all (select user_id from joined)
                    order by 1 limit 5)
            where id = $1 and exists (select from joined)
            returning last_rev, membership_version
        ), change as (
            insert into changes (conversation_id, rev, seq) select $1, last_rev, 0 from changed
        ), stream as (
            insert into user_streams (user_id, last_rev)
            select user_id, 1 from joined order by user_id
            on conflict (user_id) do update set last_rev = user_streams.last_rev + 1
            returning user_id, last_rev
        ), user_change as (
            insert into user_changes (user_id, rev, conversation_id, seq) select user_id, last_rev, $1, 0 from stream
        ), audit as (
            {AuditRow.Insert(AuditAct.MemberAdded, actor: 5, rows: "joined", user: "user_id", conversation: "$1")}
        )
        select kind, role,
               array(select id from unnest($3) as wanted (id) except select id from people),
               member_count + (select count(*) from joining) > $4,
               array(select user_id from joined order by 1),
               coalesce(changed.last_rev, 0),
               coalesce(changed.membership_version, conversation.membership_version)
        from conversation
        left join changed on true
        """);

    /// <param name="actorId">Who asks for it.</param>
    /// <param name="people">Nobody twice.</param>
    /// <returns>Null where the actor is no member.</returns>
    public static async Task<AddMembersOutcome?> RunAsync(
        NpgsqlDataSource database, Guid conversationId, Guid actorId, Guid[] people, CancellationToken cancellationToken)
    {
        var rows = await StatementBatch.QueryAsync(
            database, Add,
            row => new AddMembersOutcome(
                Enum.Parse<ConversationKind>(row.GetString(0), ignoreCase: true),
                Enum.Parse<MemberRole>(row.GetString(1), ignoreCase: true),
                row.GetFieldValue<Guid[]>(2), row.GetBoolean(3), row.GetFieldValue<Guid[]>(4), row.GetInt64(5), row.GetInt64(6)),
            timeout: null, cancellationToken,
            LockConversations.Step(conversationId),
            Add.Step([
                Parameter.Of(conversationId), Parameter.Of(actorId), Parameter.Of(people), Parameter.Of((long)ConversationLimits.MembersMax),
                .. Actor.User(actorId).Parameters]));
        return rows.SingleOrDefault();
    }
}

/// <param name="Kind">A direct conversation takes nobody.</param>
/// <param name="Role">The actor's: members may not add.</param>
/// <param name="Unknown">Who does not exist; if anybody, nothing was done.</param>
/// <param name="Full">There would be too many; nothing was done.</param>
/// <param name="Joined">Who became a member.</param>
/// <param name="Rev">Of the change; 0: nothing has changed.</param>
/// <param name="MembershipVersion">After the call.</param>
public sealed record AddMembersOutcome(
    ConversationKind Kind, MemberRole Role, IReadOnlyList<Guid> Unknown, bool Full, IReadOnlyList<Guid> Joined, long Rev,
    long MembershipVersion);
