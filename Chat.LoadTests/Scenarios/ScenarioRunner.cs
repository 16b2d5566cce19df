using Chat.LoadTests.Limits;
using Chat.LoadTests.Measuring;
using Chat.LoadTests.Results;
using Chat.LoadTests.Stacks;

namespace Chat.LoadTests.Scenarios;

/// <summary>Runs a scenario from the seeding to the result, with the limits measured after it, on the same machine in the same minutes.</summary>
internal sealed class ScenarioRunner(Stack stack, RunOptions options, Progress progress)
{
    /// <param name="stop">Ends the phase under way and leaves out the rest; what was measured is in the result.</param>
    public async Task<RunResult> RunAsync(Scenario scenario, CancellationToken stop)
    {
        progress.Say($"{scenario.Name}: {scenario.Summary}");
        await using var lag = new LagMonitor();
        var preparation = new Preparation(stack, scenario, options, progress);
        await using var workload = await scenario.Prepare(preparation, stop);

        var run = await PhasesAsync(scenario, workload, lag, stop);
        var result = Begin(scenario, run);
        progress.Say("  comparing what was promised with what is there …");
        result = await workload.SettleAsync(result, CancellationToken.None);
        try
        {
            stop.ThrowIfCancellationRequested();
            result = await WithLimitsAsync(scenario, result, stop);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            result = result with { Interrupted = true };
        }

        return result with { Bars = [.. scenario.Bars.Select(bar => bar.Judge(result))], Notes = Notes(result, workload) };
    }

    private async Task<Run> PhasesAsync(Scenario scenario, Workload workload, LagMonitor lag, CancellationToken stop)
    {
        var runner = new PhaseRunner(workload, options.Seed, lag, progress);
        var results = new List<PhaseResult>();
        IReadOnlyDictionary<string, ProcessUsage> main = new Dictionary<string, ProcessUsage>();
        IReadOnlyDictionary<string, StatementTimes>? statements = null;
        (double? Share, double? Signed) links = default;
        var begin = stack.Processes();
        foreach (var phase in scenario.Phases)
        {
            if (stop.IsCancellationRequested)
            {
                break;
            }

            var isMain = phase == scenario.Main;
            await workload.BeginAsync(phase, CancellationToken.None);
            var telemetry = isMain ? await stack.TelemetryAsync(stop) : null;
            var before = stack.Processes();
            var result = await runner.RunAsync(phase, stop);
            var use = stack.Processes().Since(before);
            result = result with { ServerCpuMsPerCall = ServerCpu(use, result) };
            if (isMain)
            {
                main = use;
                var told = telemetry is null || stop.IsCancellationRequested ? null : await stack.TelemetryAsync(stop);
                statements = StatementReport.Between(telemetry, told);
                result = result with { RealtimeStatements = told?.Since(telemetry!).StatementsOf("realtime") };
                var since = told?.Since(telemetry!);
                links = (since?.MeanOf("chat.files.links.from_memory"), since?.Counted("chat.files.links.signed"));
            }

            if (!phase.WarmUp)
            {
                results.Add(await workload.EndAsync(result, isMain));
            }
        }

        var lost = stack.Processes().Since(begin).Any(process => process.Value.Fate != ProcessFate.Lived && !workload.HasKilled(process.Key));
        return new Run(results, main, statements, links, lost);
    }

    /// <summary>Null where the processes are not known, or nothing was answered.</summary>
    private static double? ServerCpu(IReadOnlyDictionary<string, ProcessUsage> use, PhaseResult result)
    {
        var servers = use.Where(process => process.Key is not ("generator" or "sink" or "apphost")).ToArray();
        return servers.Length == 0 || result.Accepted == 0
            ? null
            : Math.Round(servers.Sum(process => process.Value.CpuSeconds) * 1000 / result.Accepted, 3);
    }

    private RunResult Begin(Scenario scenario, Run run)
    {
        var main = run.Phases.FirstOrDefault(p => p.Name == scenario.Main.Name);
        var baseline = scenario.BaselinePhase is { } name ? run.Phases.FirstOrDefault(p => p.Name == name)?.LatencyMs?.P95 : null;
        var judged = run.Phases.Where(p => scenario.Phases.Single(phase => phase.Name == p.Name).Judged).ToArray();
        return new RunResult
        {
            Scenario = scenario.Name,
            Verdict = Verdicts.Of(judged, baseline, run.ProcessLost),
            DurationS = main?.DurationS ?? 0,
            Users = main?.Users ?? 0,
            Factor = options.Factor,
            Think = main?.Think,
            Rate = main?.Rate,
            Accepted = main?.Accepted ?? 0,
            Errors = main?.Errors ?? 0,
            Dropped = main?.Dropped,
            PerSecond = main?.PerSecond ?? 0,
            DeliveriesPerSecond = main?.DeliveriesPerSecond,
            LatencyMs = main?.LatencyMs,
            PushMs = main?.PushMs,
            BytesPerResponse = main?.BytesPerResponse,
            Resources = run.Main.Count == 0
                ? null
                : run.Main.ToDictionary(p => p.Key, p => new ProcessResources(Math.Round(p.Value.CpuSeconds, 2), Math.Round(p.Value.ResidentMb, 1))),
            Statements = run.Statements,
            LinksFromMemory = run.Links.Share is { } share ? Math.Round(share, 4) : null,
            LinksSigned = run.Links.Share is null ? null : run.Links.Signed,
            Telemetry = run.Statements is { Count: > 0 } ? true : null,
            Phases = run.Phases,
            Environment = MachineFacts.Read(options) with { RateLimits = stack.RateLimits },
        };
    }

    private async Task<RunResult> WithLimitsAsync(Scenario scenario, RunResult result, CancellationToken stop)
    {
        var limits = new Dictionary<string, double>();
        var notes = new List<string>(result.Notes ?? []);
        var context = LimitContexts.Of(stack, scenario);
        await foreach (var limit in KnownLimits.MeasureAsync(scenario.Limits, context, stop))
        {
            switch (limit)
            {
                case LimitResult.Measured(var name, var perSecond, var unit, var what):
                    progress.Say($"  limit {name}: {perSecond:#,0} {unit}/s ({what})");
                    limits[name] = Math.Round(perSecond, 1);
                    break;
                case LimitResult.NotMeasured(var name, var why):
                    notes.Add($"The limit {name} was not measured: {why}.");
                    break;
            }
        }

        return result with
        {
            Limits = limits.Count == 0 ? null : limits,
            Ratios = limits.Count == 0 ? null : limits.ToDictionary(
                l => l.Key, l => Math.Round(Fastest(result, l.Key) / l.Value, 4)),
            Notes = notes,
        };
    }

    /// <summary>Of all phases, in what the limit counts.</summary>
    private static double Fastest(RunResult result, string limit) => result.Phases
        .Select(phase => limit is KnownLimits.BareHub or KnownLimits.BareHubFlooded ? phase.DeliveriesPerSecond ?? 0 : phase.PerSecond)
        .DefaultIfEmpty().Max();

    private static List<string>? Notes(RunResult result, Workload workload)
    {
        var notes = new List<string>([.. workload.Notes, .. result.Notes ?? []]);
        foreach (var phase in result.Phases.Where(p => p.Generator.LagMs is { } lag && p.LatencyMs is { } latency && lag.P95 > latency.P95 / 4))
        {
            notes.Add(
                $"{phase.Name}: this process was itself up to {phase.Generator.LagMs!.P95:0.0} ms late (p95), so a part of the latency is the generator's.");
        }

        return notes.Count == 0 ? null : notes;
    }

    private sealed record Run(
        List<PhaseResult> Phases, IReadOnlyDictionary<string, ProcessUsage> Main, IReadOnlyDictionary<string, StatementTimes>? Statements,
        (double? Share, double? Signed) Links, bool ProcessLost);
}
