using Chat.Contracts.Messages;
using Chat.Data.Statements;
using Npgsql;

namespace Chat.Data.Messages;

/// <summary>What a message said before its edits, for the conversation's members.</summary>
public static class ReadVersions
{
    /// <summary>By primary keys, in their order.</summary>
    private static readonly Statement Statement = new("ReadVersions", $"""
        select version.rev, version.text, version.written_at
        from members me
        join messages m on m.conversation_id = me.conversation_id and m.seq = $3
        left join lateral (
            select * from message_versions
            where conversation_id = me.conversation_id and seq = $3 and rev < $4
            order by rev desc
            limit $5
        ) version on true
        where me.conversation_id = $1 and me.user_id = $2 and me.left_at is null and {HiddenMessages.LeftOut("m")}
        order by version.rev desc
        """);

    /// <param name="before">The rev of the last version of the page before; the greatest number begins with the latest.</param>
    /// <returns>Null where there is no such message, or the user is no member.</returns>
    public static async Task<VersionList?> RunAsync(
        NpgsqlDataSource database, Guid conversationId, Guid userId, long seq, long before, int limit, CancellationToken cancellationToken)
    {
        var rows = await Statement.QueryAsync(
            database, Map, cancellationToken, Parameter.Of(conversationId), Parameter.Of(userId), Parameter.Of(seq),
            Parameter.Of(before), Parameter.Of(limit + 1));
        var versions = rows.OfType<MessageVersion>().ToList();
        return rows.Count == 0 ? null
            : versions.Count <= limit ? new VersionList(versions)
            : new VersionList(versions[..limit], versions[limit - 1].Rev);
    }

    private static MessageVersion? Map(NpgsqlDataReader row) => row.IsDBNull(0)
        ? null
        : new MessageVersion(row.GetInt64(0), row.GetString(1), row.GetFieldValue<DateTimeOffset>(2));
}
