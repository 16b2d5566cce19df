using System.Diagnostics;
using Chat.LoadTests.Measuring;
using Chat.LoadTests.Results;

namespace Chat.LoadTests.Scenarios;

/// <summary>Puts a phase's load on the system and tells what came of it.</summary>
internal sealed class PhaseRunner(IReadOnlyList<IUser> users, int seed, LagMonitor lag, Progress progress)
{
    public async Task<PhaseResult> RunAsync(Phase phase, CancellationToken stop)
    {
        var recorder = new Recorder();
        _ = lag.Take();
        var cpu = Environment.CpuUsage.TotalTime;
        var started = Stopwatch.GetTimestamp();
        OpenLoad? open = null;
        using (progress.Watch(phase, recorder))
        {
            if (phase.Rate is { } rate)
            {
                open = new OpenLoad([.. users.Take(phase.Users)], rate, recorder, seed);
                await open.RunAsync(phase.Duration, stop);
            }
            else
            {
                await ClosedLoad.RunAsync(
                    users, phase.UsersBefore ?? phase.Users, phase.Users, phase.Think, phase.Duration, recorder, seed, stop);
            }
        }

        return PhaseResult.Of(phase, recorder, open, Stopwatch.GetElapsedTime(started), Environment.CpuUsage.TotalTime - cpu, lag.Take());
    }
}
