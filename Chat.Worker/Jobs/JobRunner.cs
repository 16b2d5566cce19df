using System.Diagnostics;
using Chat.ServiceDefaults;

namespace Chat.Worker.Jobs;

/// <summary>
/// Runs one job's passes until the process is asked to stop. Then no new pass begins, and the one under way may finish
/// within the drain time before it is cancelled.
/// </summary>
internal sealed partial class JobRunner<TJob>(TJob job, TimeProvider time, ILogger<JobRunner<TJob>> log) : BackgroundService
    where TJob : class, IJob
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan CancelBeforeDrainEnds = TimeSpan.FromSeconds(3);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var drained = new CancellationTokenSource();
        using var stop = stoppingToken.Register(
            () => drained.CancelAfter(ServiceDefaultsExtensions.DrainTimeout - CancelBeforeDrainEnds));
        var failures = 0;
        while (!stoppingToken.IsCancellationRequested)
        {
            var done = await PassAsync(drained.Token);
            failures = done is null ? failures + 1 : 0;
            var rest = done is { } items
                ? job.RestAsync(items, Jittered(job.Idle), time, stoppingToken)
                : Task.Delay(PauseAfter(failures), time, stoppingToken);
            await rest.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Returns how much was done, or null when the pass failed.</summary>
    private async Task<int?> PassAsync(CancellationToken drained)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(drained);
        limit.CancelAfter(job.Timeout);
        var started = Stopwatch.GetTimestamp();
        using var span = JobMetrics.StartSpan(TJob.Name);
        try
        {
            var done = await job.RunAsync(limit.Token);
            if (done > 0)
            {
                JobMetrics.Keep(span);
            }

            JobMetrics.Completed(TJob.Name, done, Stopwatch.GetElapsedTime(started));
            return done;
        }
        catch (Exception e)
        {
            JobMetrics.Keep(span);
            JobMetrics.Failed(TJob.Name, e, Stopwatch.GetElapsedTime(started));
            LogFailed(log, TJob.Name, e);
            return null;
        }
    }

    /// <summary>Doubles from 0.2 s to 5 s; the short limit lets a job go on soon after the database is back.</summary>
    private static TimeSpan PauseAfter(int failures) =>
        Jittered(FirstPause * Math.Min(Math.Pow(2, failures - 1), LongestPause / FirstPause));

    /// <summary>From half to all of it, so that workers that failed together do not come back together.</summary>
    private static TimeSpan Jittered(TimeSpan pause) => pause * (0.5 + (Random.Shared.NextDouble() / 2));

    [LoggerMessage(LogLevel.Warning, "Job {Job} failed and will be tried again")]
    private static partial void LogFailed(ILogger logger, string job, Exception exception);
}

internal static class JobRunnerExtensions
{
    public static void AddJob<TJob>(this IServiceCollection services)
        where TJob : class, IJob
    {
        services.AddSingleton<TJob>();
        services.AddHostedService<JobRunner<TJob>>();
    }
}
