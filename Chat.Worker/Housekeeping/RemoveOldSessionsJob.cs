using Chat.Data.Accounts;
using Chat.Data.Schedule;
using Chat.Worker.Jobs;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Chat.Worker.Housekeeping;

/// <summary>Removes sessions that have been over for long, hourly, on one worker at a time.</summary>
internal sealed class RemoveOldSessionsJob(JobSchedule schedule, NpgsqlDataSource database, IOptions<HousekeepingOptions> options) : IJob
{
    private static readonly TimeSpan Every = TimeSpan.FromHours(1);

    public static string Name => "RemoveOldSessions";

    public TimeSpan Idle => TimeSpan.FromSeconds(30);

    public TimeSpan Timeout => TimeSpan.FromSeconds(20);

    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        await schedule.AddAsync(Name, cancellationToken);
        if (await schedule.ClaimAsync(Name, lease: Timeout * 2, cancellationToken) is not { } claim)
        {
            return 0;
        }

        var removed = await RemoveOldSessions.RunAsync(database, options.Value.KeepSessionsFor, cancellationToken);
        await schedule.CompleteAsync(Name, claim, removed < RemoveOldSessions.Max ? Every : TimeSpan.Zero, cancellationToken);
        return removed;
    }
}
