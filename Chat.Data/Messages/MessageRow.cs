using System.Text.Json;
using Chat.Contracts;
using Chat.Contracts.Messages;
using Npgsql;

namespace Chat.Data.Messages;

/// <summary>The columns of a message, and how they become one: said once for all statements that return messages.</summary>
internal static class MessageRow
{
    /// <summary>Of a table or a subquery called <c>m</c>.</summary>
    public const string Columns = """
        m.conversation_id, m.seq, m.rev, m.sender_id, m.client_id, m.kind, m.text, m.created_at, m.edited_at, m.deleted_at, m.reactions
        """;

    /// <param name="first">The ordinal of the first of <see cref="Columns"/>.</param>
    /// <returns>Null where an outer join found no message.</returns>
    public static Message? Map(NpgsqlDataReader row, int first = 0) => row.IsDBNull(first)
        ? null
        : new Message(
            row.GetGuid(first),
            row.GetInt64(first + 1),
            row.GetInt64(first + 2),
            row.GetGuid(first + 3),
            row.GetGuid(first + 4),
            Enum.Parse<MessageKind>(row.GetString(first + 5), ignoreCase: true),
            row.GetString(first + 6),
            row.GetFieldValue<DateTimeOffset>(first + 7),
            row.TimeOrNull(first + 8),
            row.TimeOrNull(first + 9),
            row.IsDBNull(first + 10)
                ? null
                : JsonSerializer.Deserialize(row.GetFieldValue<byte[]>(first + 10), ContractsJson.Default.IReadOnlyListReactionSummary));

    internal static DateTimeOffset? TimeOrNull(this NpgsqlDataReader row, int ordinal) =>
        row.IsDBNull(ordinal) ? null : row.GetFieldValue<DateTimeOffset>(ordinal);
}
