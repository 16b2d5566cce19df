using System.Text.Json;
using Chat.Contracts;
using Chat.Contracts.Files;
using Chat.Contracts.Messages;
using Chat.Data.Messages;
using Chat.Data.Statements;
using Npgsql;
using NpgsqlTypes;

namespace Chat.Data.Files;

/// <summary>The files that a conversation's messages carry, for its members, without those of messages that they have deleted for themselves.</summary>
public static class ListFiles
{
    /// <summary>By file_uses_kind, or the primary key of file_uses where all kinds are wanted, and the primary keys of members and messages.</summary>
    private static Statement Page(string name, string ofKind) => new(name, $"""
        select m.seq, m.sender_id, m.created_at, m.kind, m.content
        from members me
        left join lateral (
            select messages.*
            from file_uses u
            join messages using (conversation_id, seq)
            where u.conversation_id = me.conversation_id and u.seq < $3 and {ofKind} and {HiddenMessages.LeftOut("messages")}
            order by u.seq desc
            limit $4 + 1
        ) m on true
        where me.conversation_id = $1 and me.user_id = $2 and me.left_at is null
        order by m.seq desc
        """, "uuid, uuid, bigint, int, text");

    private static readonly Statement All = Page("ListFiles", "$5::text is null");
    private static readonly Statement OfKind = Page("ListFilesOfKind", "u.kind = $5");

    /// <param name="before">Only of messages before this seq.</param>
    /// <returns>Null where the user is no member.</returns>
    public static async Task<FileList?> RunAsync(
        NpgsqlDataSource database, Guid conversationId, Guid userId, string? kind, long before, int limit, CancellationToken cancellationToken)
    {
        var rows = await (kind is null ? All : OfKind).QueryAsync(
            database, row => row.IsDBNull(0) ? null : Map(row), cancellationToken,
            Parameter.Of(conversationId), Parameter.Of(userId), Parameter.Of(before), Parameter.Of(limit), Parameter.OrNull(kind, NpgsqlDbType.Text));
        if (rows.Count == 0)
        {
            return null;
        }

        var files = rows.OfType<ConversationFile>().ToList();
        return new FileList([.. files.Take(limit)], files.Count > limit ? files[limit - 1].Seq : null);
    }

    private static ConversationFile Map(NpgsqlDataReader row) => new(
        row.GetInt64(0), row.GetGuid(1), row.GetFieldValue<DateTimeOffset>(2), Enum.Parse<MessageKind>(row.GetString(3), ignoreCase: true),
        JsonSerializer.Deserialize(row.GetFieldValue<byte[]>(4), ContractsJson.Default.MessageContent)!.File!);
}
