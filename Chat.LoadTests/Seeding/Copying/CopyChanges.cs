using Npgsql;
using NpgsqlTypes;

namespace Chat.LoadTests.Seeding.Copying;

/// <summary>Of each conversation its creation (seq 0), then every message.</summary>
internal static class CopyChanges
{
    public static async Task RunAsync(NpgsqlConnection connection, IEnumerable<History> histories, CancellationToken cancellationToken)
    {
        await using var copy = await connection.BeginBinaryImportAsync(
            "copy changes (conversation_id, rev, seq) from stdin (format binary)", cancellationToken);
        foreach (var history in histories)
        {
            for (var seq = 0L; seq <= history.LastSeq; seq++)
            {
                await copy.StartRowAsync(cancellationToken);
                await copy.WriteAsync(history.Id, NpgsqlDbType.Uuid, cancellationToken);
                await copy.WriteAsync(seq + 1, NpgsqlDbType.Bigint, cancellationToken);
                await copy.WriteAsync(seq, NpgsqlDbType.Bigint, cancellationToken);
            }
        }

        await copy.CompleteAsync(cancellationToken);
    }
}
