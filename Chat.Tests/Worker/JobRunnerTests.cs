using System.Diagnostics.Metrics;
using Chat.Data.Schedule;
using Chat.Tests.Support;
using Chat.Worker.Jobs;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;

namespace Chat.Tests.Worker;

/// <summary>The job runner in this process, on the real database, through PgBouncer.</summary>
[Collection(ChatCollection.Name)]
public sealed class JobRunnerTests(ChatApplication chat)
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(10);

    [Fact]
    public async Task A_pass_that_fails_is_tried_again_until_it_succeeds()
    {
        var job = new ScriptedJob();
        job.Script(_ => throw new InvalidOperationException("first"), _ => throw new InvalidOperationException("second"), _ => Task.FromResult(0));
        using var host = await StartAsync(job);

        await Eventually.HoldsAsync("the third pass has run", Soon, () => Task.FromResult(job.Passes >= 3));
    }

    [Fact]
    public async Task While_there_is_work_the_next_pass_begins_at_once()
    {
        var job = new ScriptedJob { Idle = TimeSpan.FromHours(1) };
        job.Script([.. Enumerable.Repeat<Func<CancellationToken, Task<int>>>(_ => Task.FromResult(1), 50), _ => Task.FromResult(0)]);
        using var host = await StartAsync(job);

        await Eventually.HoldsAsync("51 passes have run", Soon, () => Task.FromResult(job.Passes == 51));
    }

    [Fact]
    public async Task A_pass_that_takes_too_long_is_cancelled_and_the_job_goes_on()
    {
        var cancelled = new TaskCompletionSource();
        var job = new ScriptedJob { Timeout = TimeSpan.FromMilliseconds(100) };
        job.Script(
            async token =>
            {
                await using var registration = token.Register(() => cancelled.TrySetResult());
                await cancelled.Task;
                token.ThrowIfCancellationRequested();
                return 1;
            },
            _ => Task.FromResult(0));
        using var host = await StartAsync(job);

        await cancelled.Task.WaitAsync(Soon);
        await Eventually.HoldsAsync("the second pass has run", Soon, () => Task.FromResult(job.Passes >= 2));
    }

    [Fact]
    public async Task When_asked_to_stop_it_finishes_the_pass_and_begins_no_other()
    {
        var begun = new TaskCompletionSource();
        var mayEnd = new TaskCompletionSource();
        var job = new ScriptedJob();
        job.Script(async _ =>
        {
            begun.SetResult();
            await mayEnd.Task;
            return 1;
        });
        using var host = await StartAsync(job);
        await begun.Task.WaitAsync(Soon);

        var stopping = host.StopAsync();
        Assert.False(stopping.IsCompleted);
        mayEnd.SetResult();
        await stopping.WaitAsync(Soon);

        Assert.Equal((1, 1), (job.Passes, job.Completed));
    }

    [Fact]
    public async Task A_due_job_is_claimed_by_one_worker_only_and_again_after_its_lease()
    {
        await using var database = NpgsqlDataSource.Create(await chat.ConnectionStringAsync("pgbouncer"));
        var schedule = new JobSchedule(database);
        var job = $"test-{Guid.NewGuid():N}";
        await schedule.AddAsync(job, CancellationToken.None);

        var claims = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => schedule.ClaimAsync(job, TimeSpan.FromHours(1), CancellationToken.None)));
        Assert.Single(claims, claim => claim is not null);

        await schedule.CompleteAsync(job, claims.Max()!.Value, dueIn: TimeSpan.Zero, CancellationToken.None);
        var again = await schedule.ClaimAsync(job, TimeSpan.Zero, CancellationToken.None);
        Assert.Equal(2, again);

        // The lease of no length has run out: another takes over, and the first may no longer say when the job is due.
        Assert.Equal(3, await schedule.ClaimAsync(job, TimeSpan.FromHours(1), CancellationToken.None));
        await schedule.CompleteAsync(job, again!.Value, dueIn: TimeSpan.Zero, CancellationToken.None);
        Assert.Null(await schedule.ClaimAsync(job, TimeSpan.FromHours(1), CancellationToken.None));
    }

    [Fact]
    public async Task Passes_are_metered_by_job_and_failure()
    {
        var failed = new TaskCompletionSource();
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, l) =>
        {
            if (instrument.Name == "chat.job.duration")
            {
                l.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<double>((_, _, tags, _) =>
        {
            var labels = tags.ToArray().ToDictionary(t => t.Key, t => t.Value);
            if (labels["job"] as string == ScriptedJob.Name && labels.ContainsKey("error.type"))
            {
                failed.TrySetResult();
            }
        });
        listener.Start();
        var job = new ScriptedJob();
        job.Script(_ => throw new InvalidOperationException());
        using var host = await StartAsync(job);

        await failed.Task.WaitAsync(Soon);
    }

    private static async Task<IHost> StartAsync(ScriptedJob job)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton(job);
        builder.Services.AddHostedService<JobRunner<ScriptedJob>>();
        var host = builder.Build();
        await host.StartAsync();
        return host;
    }

    /// <summary>Does in each pass what the test says, and nothing once the script is at its end.</summary>
    private sealed class ScriptedJob : IJob
    {
        private readonly Queue<Func<CancellationToken, Task<int>>> _script = new();

        public static string Name => nameof(ScriptedJob);

        public TimeSpan Idle { get; init; } = TimeSpan.FromMilliseconds(10);

        public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);

        public int Passes { get; private set; }

        public int Completed { get; private set; }

        public void Script(params Func<CancellationToken, Task<int>>[] passes) => passes.ToList().ForEach(_script.Enqueue);

        public async Task<int> RunAsync(CancellationToken cancellationToken)
        {
            if (!_script.TryDequeue(out var pass))
            {
                return 0;
            }

            Passes++;
            var done = await pass(cancellationToken);
            Completed++;
            return done;
        }
    }
}
