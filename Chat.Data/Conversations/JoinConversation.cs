using Chat.Contracts.Operations;
using Chat.Data.Audit;
using Chat.Data.Invites;
using Chat.Data.Messages;
using Chat.Data.Permissions;
using Chat.Data.Statements;
using Npgsql;

namespace Chat.Data.Conversations;

/// <summary>Somebody joins by themself: a channel, or what they have a link to. Who is a member already stays what they are.</summary>
public static class JoinConversation
{
    /// <summary>By primary keys, and by members_user_id the user's conversations.</summary>
    private static readonly Statement Join = new("JoinConversation", $"""
        with target as (
            select c.*, null::uuid as invite_id, {PermissionTable.Exists(ConversationAction.Join, "c.kind")} as may
            from conversations c
            where c.id = $1 and deleted_at is null
        ), {Joining("'event', 'memberJoined'")}
        select refusal, (select last_rev from stream), array(select user_id from joined), null::uuid[], {MessageRow.Columns}
        from judged
        left join message m on true
        where may or is_member
        """);

    /// <summary>By invites_token_hash_key besides. The conversation's lock is held, so the last use is given once.</summary>
    private static readonly Statement JoinByInvite = new("JoinByInvite", $"""
        with target as (
            select c.*, i.id as invite_id, {PermissionTable.Exists(ConversationAction.JoinByInvite, "c.kind")} as may
            from invites i
            join conversations c on c.id = i.conversation_id
            where token_hash = $1 and deleted_at is null and i.expires_at > clock_timestamp() and (i.uses_max is null or i.uses < i.uses_max)
        ), {Joining("'event', 'memberJoined', 'byInvite', true")}, used as (
            update invites i set uses = uses + 1 from judged, joined where i.id = judged.invite_id
        )
        select refusal, (select last_rev from stream), array(select user_id from joined), null::uuid[], {MessageRow.Columns}
        from judged
        left join message m on true
        where may
        """);

    private static readonly Statement LockInvited = new("LockInvitedConversation", """
        select count(*) from (
            select from conversations where id = (select conversation_id from invites where token_hash = $1) for no key update) as locked
        """);

    /// <returns>Null where there is no such channel, and the user is no member of what there is.</returns>
    public static Task<ConversationOutcome?> RunAsync(
        NpgsqlDataSource database, ConversationOptions limits, Guid conversationId, Guid userId, CancellationToken cancellationToken) =>
        ChangeConversation.RunAsync(
            database, LockConversations.Step(conversationId), Join, Join.Step([Parameter.Of(conversationId), .. Parameters(limits, userId)]),
            ReadConversations.OneStep(conversationId, userId), cancellationToken);

    /// <param name="token">As it stands in the link.</param>
    /// <returns>Null where there is no such link that can still be used.</returns>
    public static Task<ConversationOutcome?> ByInviteAsync(
        NpgsqlDataSource database, ConversationOptions limits, string token, Guid userId, CancellationToken cancellationToken)
    {
        var hash = ChangeInvites.Hash(token);
        return ChangeConversation.RunAsync(
            database, LockInvited.Step(Parameter.Of(hash)), JoinByInvite, JoinByInvite.Step([Parameter.Of(hash), .. Parameters(limits, userId)]),
            ReadConversations.InvitedStep(hash, userId), cancellationToken);
    }

    /// <summary>Of <c>target</c>, the one conversation that the user $2 may see, or none. Who joins by themself has nothing unread. A share of their row is taken, so that the account is not deleted meanwhile.</summary>
    private static string Joining(string content) => $"""
        person as (
            select id from users where id = $2 and deleted_at is null for key share
        ), judged as (
            select target.id, target.kind, target.may, target.last_seq, target.invite_id, me.user_id is not null as is_member, case
                when me.user_id is not null and not may then 'notOfThisKind'
                when me.user_id is not null then null
                when member_count >= $3 then 'full'
                when (select count(*) from members where user_id = $2 and left_at is null) >= $4 then 'tooManyConversations'
            end as refusal
            from target
            cross join person
            left join members me on (me.conversation_id, me.user_id) = (target.id, $2) and me.left_at is null
        ), joined as (
            insert into members (conversation_id, user_id, role, read_seq, delivered_seq)
            select id, $2, 'member', last_seq + 1, last_seq + 1 from judged where may and not is_member and refusal is null
            on conflict (conversation_id, user_id) do update
            set role = 'member', joined_at = clock_timestamp(), left_at = null, archived_seq = null
            returning conversation_id, user_id
        ), happened as (
            select user_id as actor_id, 'joined' as text, {SystemMessage.Content(content)} as content, clock_timestamp() as at from joined
        ), changed as (
            update conversations c
            set {SystemMessage.Head},
                membership_version = c.membership_version + 1,
                member_count = c.member_count + 1,
                first_member_ids = array(
                    (select user_id from members where conversation_id = c.id and left_at is null order by user_id limit 5)
                    union all (select user_id from joined)
                    order by 1 limit 5)
            from happened, joined
            where c.id = joined.conversation_id
            returning {SystemMessage.Returning}
        ), {SystemMessage.Rows}, {OwnStream.Rows("joined", "(select conversation_id from joined)")}, audit as (
            {AuditRow.Insert(AuditAct.MemberJoined, actor: 5, rows: "joined", user: "user_id", conversation: "conversation_id")}
        )
        """;

    private static NpgsqlParameter[] Parameters(ConversationOptions limits, Guid userId) =>
        [
            Parameter.Of(userId), Parameter.Of((long)limits.MembersMax), Parameter.Of((long)limits.ConversationsPerUser),
            .. Actor.User(userId).Parameters,
        ];
}
