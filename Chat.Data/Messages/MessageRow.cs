using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Chat.Contracts;
using Chat.Contracts.Messages;
using Npgsql;

namespace Chat.Data.Messages;

/// <summary>The columns of a message, and how they become one: said once for all statements that return messages.</summary>
internal static class MessageRow
{
    /// <summary>Of a table or a subquery called <c>m</c>.</summary>
    public const string Columns = """
        m.conversation_id, m.seq, m.rev, m.sender_id, m.client_id, m.kind, m.text, m.created_at, m.edited_at, m.deleted_at, m.reactions,
        m.content, m.reply_to, m.thread_root, m.reply_count, m.last_reply_at, m.forwarded, m.pinned_at, m.mentions,
        m.tally
        """;

    /// <param name="first">The ordinal of the first of <see cref="Columns"/>.</param>
    /// <returns>Null where an outer join found no message.</returns>
    public static Message? Map(NpgsqlDataReader row, int first = 0)
    {
        if (row.IsDBNull(first))
        {
            return null;
        }

        var mentions = row.IsDBNull(first + 18) ? null : row.GetFieldValue<Guid[]>(first + 18);
        return new Message(
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
            row.JsonOrNull(first + 10, ContractsJson.Default.IReadOnlyListReactionSummary),
            row.JsonOrNull(first + 11, ContractsJson.Default.MessageContent),
            row.NumberOrNull(first + 12),
            row.NumberOrNull(first + 13),
            row.IsDBNull(first + 14) ? null : row.GetInt32(first + 14),
            row.TimeOrNull(first + 15),
            Forwarded: !row.IsDBNull(first + 16),
            row.TimeOrNull(first + 17),
            Mention.People(mentions),
            Mention.HasEveryone(mentions),
            row.JsonOrNull(first + 19, ContractsJson.Default.PollTally));
    }

    internal static DateTimeOffset? TimeOrNull(this NpgsqlDataReader row, int ordinal) =>
        row.IsDBNull(ordinal) ? null : row.GetFieldValue<DateTimeOffset>(ordinal);

    private static long? NumberOrNull(this NpgsqlDataReader row, int ordinal) => row.IsDBNull(ordinal) ? null : row.GetInt64(ordinal);

    private static T? JsonOrNull<T>(this NpgsqlDataReader row, int ordinal, JsonTypeInfo<T> type)
        where T : class =>
        row.IsDBNull(ordinal) ? null : JsonSerializer.Deserialize(row.GetFieldValue<byte[]>(ordinal), type);
}
