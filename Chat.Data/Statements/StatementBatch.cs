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
        var rows = new List<T>();
        await RunAsync(
            database, steps[..^1], [new BatchStep(statement, steps[^1], row => rows.Add(map(row)))], timeout, cancellationToken);
        return rows;
    }

    /// <summary>
    /// Runs steps whose rows nobody reads, and then others with their readers. Each step must return rows, if only none. What was read
    /// holds once the task has completed: until then the commit may still fail.
    /// </summary>
    /// <exception cref="NpgsqlException">The database refused a step or could not be reached.</exception>
    public static async Task RunAsync(
        NpgsqlDataSource database, IReadOnlyList<NpgsqlBatchCommand> unread, IReadOnlyList<BatchStep> steps, TimeSpan? timeout,
        CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        await using var batch = database.CreateBatch();
        if (timeout is { } limit)
        {
            batch.Timeout = (int)Math.Ceiling(limit.TotalSeconds);
        }

        foreach (var command in unread.Concat(steps.Select(step => step.Command)))
        {
            batch.BatchCommands.Add(command);
        }

        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        for (var skipped = 0; skipped < unread.Count; skipped++)
        {
            await reader.NextResultAsync(cancellationToken);
        }

        foreach (var step in steps)
        {
            while (await reader.ReadAsync(cancellationToken))
            {
                step.Read(reader);
            }

            // After the last: a failure of the commit itself is reported only at the very end.
            await reader.NextResultAsync(cancellationToken);
        }

        foreach (var step in steps)
        {
            step.Statement.Record(Stopwatch.GetElapsedTime(started));
        }
    }
}
