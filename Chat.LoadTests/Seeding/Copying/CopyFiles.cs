using Npgsql;
using NpgsqlTypes;

namespace Chat.LoadTests.Seeding.Copying;

/// <summary>The files of which messages speak: what is known of them. There are no bytes behind them.</summary>
internal static class CopyFiles
{
    public static async Task RunAsync(NpgsqlConnection connection, IEnumerable<History> histories, CancellationToken cancellationToken)
    {
        await CopyAsync(connection, histories, cancellationToken);
        await CopyUsesAsync(connection, histories, cancellationToken);
    }

    private static async Task CopyAsync(NpgsqlConnection connection, IEnumerable<History> histories, CancellationToken cancellationToken)
    {
        await using var copy = await connection.BeginBinaryImportAsync(
            "copy files (id, owner_id, name, media_type, size, width, height, created_at) from stdin (format binary)", cancellationToken);
        foreach (var (ownerId, file, sentAt, _, _, _) in histories.SelectMany(history => history.Files))
        {
            await copy.StartRowAsync(cancellationToken);
            await copy.WriteAsync(file.Id, NpgsqlDbType.Uuid, cancellationToken);
            await copy.WriteAsync(ownerId, NpgsqlDbType.Uuid, cancellationToken);
            await copy.WriteAsync(file.Name, NpgsqlDbType.Text, cancellationToken);
            await copy.WriteAsync(file.MediaType, NpgsqlDbType.Text, cancellationToken);
            await copy.WriteAsync(file.Size, NpgsqlDbType.Bigint, cancellationToken);
            await WriteAsync(copy, file.Width, cancellationToken);
            await WriteAsync(copy, file.Height, cancellationToken);
            await copy.WriteAsync(sentAt, NpgsqlDbType.TimestampTz, cancellationToken);
        }

        await copy.CompleteAsync(cancellationToken);
    }

    private static async Task CopyUsesAsync(NpgsqlConnection connection, IEnumerable<History> histories, CancellationToken cancellationToken)
    {
        await using var copy = await connection.BeginBinaryImportAsync(
            "copy file_uses (conversation_id, seq, kind, file_id) from stdin (format binary)", cancellationToken);
        foreach (var file in histories.SelectMany(history => history.Files))
        {
            await copy.StartRowAsync(cancellationToken);
            await copy.WriteAsync(file.ConversationId, NpgsqlDbType.Uuid, cancellationToken);
            await copy.WriteAsync(file.Seq, NpgsqlDbType.Bigint, cancellationToken);
            await copy.WriteAsync(file.Kind.ToString().ToLowerInvariant(), NpgsqlDbType.Text, cancellationToken);
            await copy.WriteAsync(file.File.Id, NpgsqlDbType.Uuid, cancellationToken);
        }

        await copy.CompleteAsync(cancellationToken);
    }

    private static Task WriteAsync(NpgsqlBinaryImporter copy, int? pixels, CancellationToken cancellationToken) =>
        pixels is { } known
            ? copy.WriteAsync(known, NpgsqlDbType.Integer, cancellationToken)
            : copy.WriteNullAsync(cancellationToken);
}
