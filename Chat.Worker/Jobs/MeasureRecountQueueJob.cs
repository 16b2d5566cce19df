using Chat.Data.Recounts;
using Chat.Data.Schedule;
using Npgsql;

namespace Chat.Worker.Jobs;

/// <summary>
/// Tells how many places the queue of recounts has and how old the oldest is, on one worker at a time: the one that measured last exports;
/// one that has not for a while falls silent, so that nothing is told twice.
/// </summary>
internal sealed class MeasureRecountQueueJob : IJob
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(5);

    private readonly JobSchedule _schedule;
    private readonly NpgsqlDataSource _database;
    private readonly TimeProvider _time;
    private (DateTimeOffset At, long Depth, TimeSpan Age) _measured = (DateTimeOffset.MinValue, 0, TimeSpan.Zero);

    public MeasureRecountQueueJob(JobSchedule schedule, NpgsqlDataSource database, TimeProvider time)
    {
        (_schedule, _database, _time) = (schedule, database, time);
        JobMetrics.Meter.CreateObservableGauge("chat.recount.queue.depth", () => Known(_measured.Depth), null, "Places in the queue of recounts.");
        JobMetrics.Meter.CreateObservableGauge("chat.recount.queue.age", () => Known(_measured.Age.TotalSeconds), "s", "Since the oldest was queued.");
    }

    public static string Name => "MeasureRecountQueue";

    public TimeSpan Idle => TimeSpan.FromSeconds(2);

    public TimeSpan Timeout => TimeSpan.FromSeconds(5);

    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        await _schedule.AddAsync(Name, cancellationToken);
        if (await _schedule.ClaimAsync(Name, lease: Timeout * 2, cancellationToken) is not { } claim)
        {
            return 0;
        }

        var (depth, age) = await ReadRecountQueue.RunAsync(_database, cancellationToken);
        _measured = (_time.GetUtcNow(), depth, age);
        await _schedule.CompleteAsync(Name, claim, dueIn: Every, cancellationToken);
        return 1;
    }

    private IEnumerable<System.Diagnostics.Metrics.Measurement<T>> Known<T>(T value)
        where T : struct => _time.GetUtcNow() - _measured.At > Every * 3 ? [] : [new(value)];
}
