using Chat.Contracts.Conversations;
using Chat.Contracts.Operations;
using Chat.Data.Statements;
using Npgsql;
using NpgsqlTypes;

namespace Chat.Data.Operators;

/// <summary>All conversations as operators see them: from their own rows, which hold counts; no message and no membership is read.</summary>
public static class ListConversationInfos
{
    /// <summary>
    /// By the primary key or conversations_kind, in the order of ids, which is that of creation. Not in the order of activity: an index of that
    /// would have to be changed by every message.
    /// </summary>
    private static readonly Statement Statement = new("ListConversationInfos", """
        select id, kind, created_at, active_at, last_seq, last_rev, member_count, case when kind = 'channel' then title end
        from conversations
        where id < $1 and ($2 is null or kind = $2)
        order by id desc
        limit $3
        """);

    /// <param name="kind">Null: all kinds.</param>
    /// <param name="before">The last conversation of the page before; null for the first.</param>
    public static async Task<ConversationInfoList> RunAsync(
        NpgsqlDataSource database, ConversationKind? kind, Guid? before, int limit, CancellationToken cancellationToken)
    {
        var rows = await Statement.QueryAsync(
            database, Map, cancellationToken,
            Parameter.Of(before ?? Guid.AllBitsSet), Parameter.OrNull(kind?.ToString().ToLowerInvariant(), NpgsqlDbType.Text),
            Parameter.Of(limit + 1));
        return rows.Count <= limit
            ? new ConversationInfoList(rows)
            : new ConversationInfoList(rows[..limit], rows[limit - 1].Id.ToString());
    }

    private static ConversationInfo Map(NpgsqlDataReader row) => new(
        row.GetGuid(0), Enum.Parse<ConversationKind>(row.GetString(1), ignoreCase: true), row.GetFieldValue<DateTimeOffset>(2),
        row.GetFieldValue<DateTimeOffset>(3), row.GetInt64(4), row.GetInt64(5), row.GetInt32(6), row.IsDBNull(7) ? null : row.GetString(7));
}
