using Chat.Contracts.Conversations;
using Chat.Data.Permissions;
using Chat.Data.Statements;
using Npgsql;

namespace Chat.Data.Invites;

/// <summary>The links of a conversation, for those who may make them; and what one who has a link is shown before they join.</summary>
public static class ReadInvites
{
    /// <summary>By invites_conversation_id: a bounded number, so one page.</summary>
    private static readonly Statement List = new("ListInvites", $"""
        select c.kind, me.role, i.id, i.created_by, i.created_at, i.expires_at, i.uses, i.uses_max
        from members me
        join conversations c on c.id = me.conversation_id
        left join invites i on i.conversation_id = c.id and {PermissionTable.Condition(ConversationAction.ManageInvites, "c.kind", "me.role")}
                           and i.expires_at > clock_timestamp() and (i.uses_max is null or i.uses < i.uses_max)
        where me.conversation_id = $1 and me.user_id = $2 and me.left_at is null
        order by i.id
        """);

    /// <summary>By invites_token_hash_key.</summary>
    private static readonly Statement Preview = new("PreviewInvite", """
        select c.id, c.kind, c.title, c.description, c.picture_id, c.member_count, users.display_name, i.expires_at,
               exists (select from members m where (m.conversation_id, m.user_id) = (c.id, $2) and m.left_at is null)
        from invites i
        join conversations c on c.id = i.conversation_id
        join users on users.id = i.created_by
        where token_hash = $1 and c.deleted_at is null and i.expires_at > clock_timestamp() and (i.uses_max is null or i.uses < i.uses_max)
        """);

    /// <returns>Null where the actor is no member. Nothing is read for those who may not: see <see cref="PermissionTable"/>.</returns>
    public static async Task<InvitesOutcome?> ListAsync(
        NpgsqlDataSource database, Guid conversationId, Guid actorId, CancellationToken cancellationToken)
    {
        var rows = await List.QueryAsync(database, Map, cancellationToken, Parameter.Of(conversationId), Parameter.Of(actorId));
        return rows is [] ? null : new InvitesOutcome(rows[0].Kind, rows[0].Role, new InviteList([.. rows.Select(row => row.Invite).OfType<Invite>()]));
    }

    /// <returns>Null where there is no such link that can still be used.</returns>
    public static async Task<InvitePreview?> PreviewAsync(
        NpgsqlDataSource database, string token, Guid userId, CancellationToken cancellationToken)
    {
        var rows = await Preview.QueryAsync(
            database,
            row => new InvitePreview(
                row.GetGuid(0), Enum.Parse<ConversationKind>(row.GetString(1), ignoreCase: true), row.GetString(2), row.GetInt32(5),
                row.GetString(6), row.GetFieldValue<DateTimeOffset>(7), row.GetBoolean(8), row.IsDBNull(3) ? null : row.GetString(3),
                row.IsDBNull(4) ? null : row.GetGuid(4)),
            cancellationToken, Parameter.Of(ChangeInvites.Hash(token)), Parameter.Of(userId));
        return rows.SingleOrDefault();
    }

    private static (ConversationKind Kind, MemberRole Role, Invite? Invite) Map(NpgsqlDataReader row) => (
        Parse<ConversationKind>(row.GetString(0)), Parse<MemberRole>(row.GetString(1)), row.IsDBNull(2)
            ? null
            : new Invite(
                row.GetGuid(2), row.GetGuid(3), row.GetFieldValue<DateTimeOffset>(4), row.GetFieldValue<DateTimeOffset>(5), row.GetInt32(6),
                row.IsDBNull(7) ? null : row.GetInt32(7)));

    private static T Parse<T>(string name)
        where T : struct, Enum => Enum.Parse<T>(name, ignoreCase: true);
}

/// <param name="Kind">The conversation's.</param>
/// <param name="Role">The actor's.</param>
/// <param name="Invites">Those that can still be used; none for who may not see them.</param>
public sealed record InvitesOutcome(ConversationKind Kind, MemberRole Role, InviteList Invites);
