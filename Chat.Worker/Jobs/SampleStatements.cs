using System.Diagnostics.Metrics;
using Chat.Contracts.Operations;
using Chat.Data.Observability;
using Chat.Data.Schedule;
using Npgsql;

namespace Chat.Worker.Jobs;

/// <summary>
/// Turns pg_stat_statements into metrics, on one worker at a time: mean time, calls, rows and cache hit ratio of each of our own
/// statements. The worker that sampled last exports; one that has not for a while falls silent, so that nothing is told twice.
/// </summary>
internal sealed class SampleStatements : IJob
{
    private const int Statements = 100;
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(15);
    private static readonly Meter Meter = new("Chat.Worker");

    private readonly JobSchedule _schedule;
    private readonly NpgsqlDataSource _database;
    private readonly TimeProvider _time;
    private (DateTimeOffset At, IReadOnlyList<StatementStatistics> Statements) _sample = (DateTimeOffset.MinValue, []);

    public SampleStatements(JobSchedule schedule, NpgsqlDataSource database, TimeProvider time)
    {
        (_schedule, _database, _time) = (schedule, database, time);
        Meter.CreateObservableGauge("chat.db.statement.mean", () => Measure(s => s.MeanMs / 1000), "s", "Mean time in the server.");
        Meter.CreateObservableCounter("chat.db.statement.calls", () => Measure(s => (double)s.Calls), null, "Executions.");
        Meter.CreateObservableCounter("chat.db.statement.rows", () => Measure(s => (double)s.Rows), null, "Rows returned or changed.");
        Meter.CreateObservableGauge(
            "chat.db.statement.cache_hit_ratio", () => Measure(s => s.CacheHitRatio ?? 1), "1", "Blocks found in memory, of all read.");
    }

    public static string Name => nameof(SampleStatements);

    public TimeSpan Idle => TimeSpan.FromSeconds(5);

    public TimeSpan Timeout => TimeSpan.FromSeconds(10);

    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        await _schedule.AddAsync(Name, cancellationToken);
        if (await _schedule.ClaimAsync(Name, lease: Timeout * 2, cancellationToken) is not { } claim)
        {
            return 0;
        }

        var statements = await ReadStatementStatistics.RunAsync(_database, Statements, cancellationToken);
        _sample = (_time.GetUtcNow(), statements);
        await _schedule.CompleteAsync(Name, claim, dueIn: Every, cancellationToken);
        return 1;
    }

    private IEnumerable<Measurement<double>> Measure(Func<StatementStatistics, double> value) =>
        _time.GetUtcNow() - _sample.At > Every * 2
            ? []
            : _sample.Statements.Where(s => s.Name is not null).DistinctBy(s => s.Name)
                .Select(s => new Measurement<double>(value(s), new KeyValuePair<string, object?>("statement", s.Name)));
}
