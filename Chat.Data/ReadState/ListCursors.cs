using Chat.Contracts.Conversations;
using Chat.Contracts.ReadState;
using Chat.Data.Messages;
using Chat.Data.Statements;
using Npgsql;

namespace Chat.Data.ReadState;

/// <summary>How far the members of a conversation are, and who of them has read a message, for one of them.</summary>
public static class ListCursors
{
    /// <summary>In the order of the primary key.</summary>
    private static readonly Statement All = new("ListCursors", """
        select m.user_id, m.read_seq, m.delivered_seq
        from members me
        left join lateral (
            select user_id, read_seq, delivered_seq from members
            where conversation_id = me.conversation_id and left_at is null and user_id > $3
            order by user_id
            limit $4
        ) m on true
        where me.conversation_id = $1 and me.user_id = $2 and me.left_at is null
        order by m.user_id
        """, "uuid, uuid, uuid, int");

    /// <summary>
    /// In the order of the primary key; at the worst it looks at every member, of whom there are at most 10,000, for an index on a cursor
    /// would move with each reading.
    /// </summary>
    private static readonly Statement Readers = new("ListReaders", $"""
        select reader.user_id, reader.display_name
        from members me
        join messages m on m.conversation_id = me.conversation_id and m.seq = $3
        left join lateral (
            select user_id, display_name
            from members
            join users on users.id = user_id
            where conversation_id = me.conversation_id and left_at is null and read_seq >= $3 and user_id <> m.sender_id and user_id > $4
            order by user_id
            limit $5
        ) reader on true
        where me.conversation_id = $1 and me.user_id = $2 and me.left_at is null and {HiddenMessages.LeftOut("m")}
        order by reader.user_id
        """);

    /// <param name="after">The last user of the page before; an empty id begins with the first.</param>
    /// <returns>Null where the user is no member.</returns>
    public static async Task<CursorList?> RunAsync(
        NpgsqlDataSource database, Guid conversationId, Guid userId, Guid after, int limit, CancellationToken cancellationToken)
    {
        var rows = await All.QueryAsync(
            database, row => row.IsDBNull(0) ? null : new MemberCursors(row.GetGuid(0), row.GetInt64(1), row.GetInt64(2)), cancellationToken,
            Parameter.Of(conversationId), Parameter.Of(userId), Parameter.Of(after), Parameter.Of(limit + 1));
        var members = rows.OfType<MemberCursors>().ToList();
        return rows.Count == 0 ? null
            : members.Count <= limit ? new CursorList(members)
            : new CursorList(members[..limit], members[limit - 1].UserId.ToString());
    }

    /// <inheritdoc cref="RunAsync"/>
    /// <returns>Null where there is no such message, or the user is no member.</returns>
    public static async Task<ReaderList?> OfMessageAsync(
        NpgsqlDataSource database, Guid conversationId, Guid userId, long seq, Guid after, int limit, CancellationToken cancellationToken)
    {
        var rows = await Readers.QueryAsync(
            database, row => row.IsDBNull(0) ? null : new MemberName(row.GetGuid(0), row.GetString(1)), cancellationToken,
            Parameter.Of(conversationId), Parameter.Of(userId), Parameter.Of(seq), Parameter.Of(after), Parameter.Of(limit + 1));
        var readers = rows.OfType<MemberName>().ToList();
        return rows.Count == 0 ? null
            : readers.Count <= limit ? new ReaderList(readers)
            : new ReaderList(readers[..limit], readers[limit - 1].Id.ToString());
    }
}
