using System.Diagnostics;
using Chat.LoadTests.Measuring;
using Chat.LoadTests.Results;

namespace Chat.LoadTests.Scenarios;

/// <summary>Puts a phase's load on the system and tells what came of it.</summary>
internal sealed class PhaseRunner(Workload workload, int seed, LagMonitor lag, Progress progress)
{
    public async Task<PhaseResult> RunAsync(Phase phase, CancellationToken stop)
    {
        var recorder = new Recorder();
        _ = lag.Take();
        var cpu = Environment.CpuUsage.TotalTime;
        var started = Stopwatch.GetTimestamp();
        OpenLoad? open = null;
        var beside = new BesideLoads(phase, workload, seed, stop);
        using (progress.Watch(phase, recorder))
        {
            if (phase.Rate is { } rate)
            {
                open = new OpenLoad([.. workload.Users.Take(phase.Users)], rate, recorder, seed);
                await open.RunAsync(phase.Duration, stop);
            }
            else
            {
                await ClosedLoad.RunAsync(
                    workload.Users, phase.UsersBefore ?? phase.Users, phase.Users, phase.Think, phase.Duration, recorder, seed, stop);
            }
        }

        var duration = Stopwatch.GetElapsedTime(started);
        var loads = await beside.EndAsync();
        return PhaseResult.Of(phase, recorder, open, duration, Environment.CpuUsage.TotalTime - cpu, lag.Take()) with { Beside = loads };
    }
}
