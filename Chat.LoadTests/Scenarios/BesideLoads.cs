using Chat.LoadTests.Measuring;
using Chat.LoadTests.Results;

namespace Chat.LoadTests.Scenarios;

/// <summary>The open loads that run beside a phase's own, each with a record of its own.</summary>
internal sealed class BesideLoads
{
    private readonly List<(string Name, double Rate, Recorder Recorder, OpenLoad Load)> _loads = [];
    private readonly Task _running;

    public BesideLoads(Phase phase, Workload workload, int seed, CancellationToken stop)
    {
        foreach (var (name, rate) in phase.Beside)
        {
            var recorder = new Recorder();
            _loads.Add((name, rate, recorder, new OpenLoad(workload.Beside(name), rate, recorder, HashCode.Combine(seed, rate))));
        }

        _running = Task.WhenAll(_loads.Select(load => load.Load.RunAsync(phase.Duration, stop)));
    }

    /// <summary>By name; null where there were none.</summary>
    public async Task<IReadOnlyDictionary<string, BesideResult>?> EndAsync()
    {
        await _running;
        return _loads.Count == 0 ? null : _loads.ToDictionary(load => load.Name, load => BesideResult.Of(load.Rate, load.Recorder, load.Load));
    }
}
