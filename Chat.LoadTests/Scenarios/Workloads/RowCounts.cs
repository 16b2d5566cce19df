using System.Diagnostics;
using Npgsql;

namespace Chat.LoadTests.Scenarios.Workloads;

/// <summary>Rows written since Postgres began to count, as its statistics have it: up to some seconds late, by connections that are idle.</summary>
/// <param name="Messages">Inserted.</param>
/// <param name="Beside">Inserted into any table but those of messages and of their changes; what the worker notes of its own work left out.</param>
/// <param name="Cursors">Memberships updated.</param>
/// <param name="CursorsInPlace">Those that stayed in their page, so that no index grew (HOT).</param>
internal readonly record struct RowCounts(long Messages, long Beside, long Cursors, long CursorsInPlace)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    public static async Task<RowCounts> ReadAsync(NpgsqlDataSource owner, CancellationToken cancellationToken)
    {
        await using var command = owner.CreateCommand("""
            select sum(n_tup_ins) filter (where relname = 'messages')::bigint,
                   sum(n_tup_ins) filter (where relname not in ('messages', 'changes', 'compactions', 'schedule', 'sessions'))::bigint,
                   sum(n_tup_upd) filter (where relname = 'members')::bigint, sum(n_tup_hot_upd) filter (where relname = 'members')::bigint
            from pg_stat_user_tables
            """);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        return new RowCounts(reader.GetInt64(0), reader.GetInt64(1), reader.GetInt64(2), reader.GetInt64(3));
    }

    /// <summary>Waits, not for ever, until so many messages more are counted.</summary>
    public async Task<RowCounts> SinceAsync(NpgsqlDataSource owner, long messages, CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        var now = await ReadAsync(owner, cancellationToken);
        while (now.Messages - Messages < messages && Stopwatch.GetElapsedTime(started) < Patience)
        {
            await Task.Delay(TimeSpan.FromSeconds(0.5), cancellationToken);
            now = await ReadAsync(owner, cancellationToken);
        }

        return new RowCounts(now.Messages - Messages, now.Beside - Beside, now.Cursors - Cursors, now.CursorsInPlace - CursorsInPlace);
    }
}
