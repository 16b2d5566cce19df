using System.Runtime.CompilerServices;
using Npgsql;

namespace Chat.LoadTests.Ledgers;

/// <summary>A message as it is stored.</summary>
internal readonly record struct DatabaseRow(Guid ConversationId, long Seq, Guid ClientId);

/// <summary>What the database has of the conversations that a ledger watches: the last word on what was committed.</summary>
internal static class DatabaseRows
{
    /// <summary>By messages_pkey: reads no more than it returns.</summary>
    private const string Sql = """
        select m.conversation_id, m.seq, m.client_id
        from unnest($1, $2) as begun (conversation_id, last_seq)
        join messages m on m.conversation_id = begun.conversation_id and m.seq > begun.last_seq
        order by m.conversation_id, m.seq
        """;

    /// <summary>All messages since the watch began, in the order of conversation and seq, as they come in.</summary>
    /// <param name="database">As the owner: the application's role may not take as long as millions of rows take.</param>
    public static async IAsyncEnumerable<DatabaseRow> ReadAsync(
        NpgsqlDataSource database, IReadOnlyCollection<LedgerConversation> conversations,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(Sql);
        command.CommandTimeout = 0;
        command.Parameters.Add(new NpgsqlParameter { Value = conversations.Select(c => c.Id).ToArray() });
        command.Parameters.Add(new NpgsqlParameter { Value = conversations.Select(c => c.LastSeq).ToArray() });
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        while (await rows.ReadAsync(cancellationToken))
        {
            yield return new DatabaseRow(rows.GetGuid(0), rows.GetInt64(1), rows.GetGuid(2));
        }
    }
}
