using System.Diagnostics;
using Npgsql;

namespace Chat.Data.Statements;

/// <summary>
/// Several statements in one round trip, which is one transaction: they are sent without a Sync in between, so the server commits
/// at the end or, when one fails, keeps nothing. Each statement sees what was committed before it began, also by others while an
/// earlier statement of the batch waited for a lock.
/// </summary>
internal static class StatementBatch
{
    /// <summary>
    /// Runs the steps, each of which must return rows, if only none, and maps those of the last. The time is recorded under the
    /// name of <paramref name="statement"/>.
    /// </summary>
    /// <exception cref="NpgsqlException">The database refused a step or could not be reached.</exception>
    public static async Task<List<T>> QueryAsync<T>(
        NpgsqlDataSource database, Statement statement, Func<NpgsqlDataReader, T> map, TimeSpan? timeout,
        CancellationToken cancellationToken, params NpgsqlBatchCommand[] steps)
    {
        var started = Stopwatch.GetTimestamp();
        await using var batch = database.CreateBatch();
        if (timeout is { } limit)
        {
            batch.Timeout = (int)Math.Ceiling(limit.TotalSeconds);
        }

        foreach (var step in steps)
        {
            batch.BatchCommands.Add(step);
        }

        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        for (var skipped = 1; skipped < steps.Length; skipped++)
        {
            await reader.NextResultAsync(cancellationToken);
        }

        var rows = new List<T>();
        while (await reader.ReadAsync(cancellationToken))
        {
            rows.Add(map(reader));
        }

        // A failure of the commit itself is reported only at the very end.
        await reader.NextResultAsync(cancellationToken);
        statement.Record(Stopwatch.GetElapsedTime(started));
        return rows;
    }
}
