using Chat.Contracts.Conversations;
using Chat.Data.Statements;
using Npgsql;

namespace Chat.Data.Conversations;

/// <summary>The members of a conversation, for one of them.</summary>
public static class ListMembers
{
    /// <summary>In the order of the primary key, so that a page costs the same however many members there are.</summary>
    private static readonly Statement Statement = new("ListMembers", """
        select m.user_id, m.user_name, m.display_name, m.role, m.joined_at, m.read_seq, m.delivered_seq
        from members me
        left join lateral (
            select members.*, user_name, display_name
            from members
            join users on users.id = user_id
            where conversation_id = me.conversation_id and left_at is null and user_id > $3
            order by user_id
            limit $4
        ) m on true
        where me.conversation_id = $1 and me.user_id = $2 and me.left_at is null
        order by m.user_id
        """);

    /// <param name="after">The last user of the page before; an empty id begins with the first.</param>
    /// <returns>Null where the user is no member.</returns>
    public static async Task<MemberList?> RunAsync(
        NpgsqlDataSource database, Guid conversationId, Guid userId, Guid after, int limit, CancellationToken cancellationToken)
    {
        var rows = await Statement.QueryAsync(
            database, Map, cancellationToken,
            Parameter.Of(conversationId), Parameter.Of(userId), Parameter.Of(after), Parameter.Of(limit + 1));
        var members = rows.OfType<Member>().ToList();
        return rows.Count == 0 ? null
            : members.Count <= limit ? new MemberList(members)
            : new MemberList(members[..limit], members[limit - 1].UserId.ToString());
    }

    private static Member? Map(NpgsqlDataReader row) => row.IsDBNull(0)
        ? null
        : new Member(
            row.GetGuid(0), row.GetString(1), row.GetString(2), Enum.Parse<MemberRole>(row.GetString(3), ignoreCase: true),
            row.GetFieldValue<DateTimeOffset>(4), row.GetInt64(5), row.GetInt64(6));
}
