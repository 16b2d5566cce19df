using System.Text.Json;
using Chat.Contracts;
using Npgsql;
using NpgsqlTypes;

namespace Chat.LoadTests.Seeding.Copying;

internal static class CopyMessages
{
    private const int ReportEvery = 50_000;

    private const string Copy = """
        copy messages (conversation_id, seq, rev, sender_id, client_id, kind, text, content, created_at) from stdin (format binary)
        """;

    public static async Task<IReadOnlyList<History>> RunAsync(
        NpgsqlConnection connection, IEnumerable<ConversationPlan> plans, int seed, IProgress<long>? progress,
        CancellationToken cancellationToken)
    {
        var random = new Random(seed);
        var sayings = new Sayings(random);
        var now = DateTimeOffset.UtcNow;
        var histories = plans.Select(plan => new History(plan, now)).ToArray();
        var written = 0L;
        await using var copy = await connection.BeginBinaryImportAsync(Copy, cancellationToken);
        foreach (var history in histories)
        {
            foreach (var kind in history.Plan.Messages.SelectMany(part => Enumerable.Repeat(part.Kind, part.Count)))
            {
                history.Say(sayings.Next(kind), random);
                await WriteAsync(copy, history, cancellationToken);
                if (++written % ReportEvery == 0)
                {
                    progress?.Report(written);
                }
            }
        }

        await copy.CompleteAsync(cancellationToken);
        return histories;
    }

    private static async Task WriteAsync(NpgsqlBinaryImporter copy, History history, CancellationToken cancellationToken)
    {
        var (sender, said) = history.Last!.Value;
        await copy.StartRowAsync(cancellationToken);
        await copy.WriteAsync(history.Id, NpgsqlDbType.Uuid, cancellationToken);
        await copy.WriteAsync(history.LastSeq, NpgsqlDbType.Bigint, cancellationToken);
        await copy.WriteAsync(history.LastRev, NpgsqlDbType.Bigint, cancellationToken);
        await copy.WriteAsync(sender, NpgsqlDbType.Uuid, cancellationToken);
        await copy.WriteAsync(Guid.CreateVersion7(history.ActiveAt), NpgsqlDbType.Uuid, cancellationToken);
        await copy.WriteAsync(Column.Of(said.Kind), NpgsqlDbType.Text, cancellationToken);
        await copy.WriteAsync(said.Text, NpgsqlDbType.Text, cancellationToken);
        if (said.Content is { } content)
        {
            await copy.WriteAsync(
                JsonSerializer.Serialize(content, ContractsJson.Unescaped.MessageContent), NpgsqlDbType.Jsonb, cancellationToken);
        }
        else
        {
            await copy.WriteNullAsync(cancellationToken);
        }

        await copy.WriteAsync(history.ActiveAt, NpgsqlDbType.TimestampTz, cancellationToken);
    }
}
