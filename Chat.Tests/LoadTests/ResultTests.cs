using System.Text.Json;
using Chat.LoadTests.Measuring;
using Chat.LoadTests.Results;
using Chat.LoadTests.Scenarios;

namespace Chat.Tests.LoadTests;

/// <summary>What a result says of what was measured.</summary>
public sealed class ResultTests
{
    [Theory]
    [InlineData(100, 0, 1, false, Verdict.Fine)]
    [InlineData(99, 1, 1, false, Verdict.SlowsDown)]
    [InlineData(100, 0, 2.1, false, Verdict.SlowsDown)]
    [InlineData(85, 15, 1, false, Verdict.Crashes)]
    [InlineData(100, 0, 11, false, Verdict.Crashes)]
    [InlineData(100, 0, 1, true, Verdict.Crashes)]
    internal void The_verdict_follows_errors_slowness_and_lost_processes(
        int accepted, int errors, double timesBaseline, bool processLost, Verdict verdict)
    {
        var baseline = Phase("calm", 100, 0, 10);
        var load = Phase("load", accepted, errors, (int)(10 * timesBaseline));

        Assert.Equal(verdict, Verdicts.Of([baseline, load], baseline.LatencyMs!.P95, processLost));
    }

    [Theory]
    [InlineData(49.9, true)]
    [InlineData(50.0, false)]
    [InlineData(null, false)]
    public void A_bar_is_met_only_by_what_was_measured(double? value, bool met)
    {
        var result = new Bar("p95, ms", _ => value, 50, Strict: true).Judge(Result());

        Assert.Equal((met, "< 50", value), (result.Met, result.Bar, result.Value));
    }

    [Fact]
    public void The_file_has_the_documented_names_and_leaves_out_what_does_not_apply()
    {
        var phase = Phase("users", 10, 1, 5);
        var json = JsonDocument.Parse((Result() with
        {
            Verdict = Verdict.SlowsDown,
            LatencyMs = phase.LatencyMs,
            Ledger = new LedgerTotals(4, 3, 1, 0, 0, 0, 0),
            Phases = [phase],
            Bars = [new BarResult("a", "≤ 1", 2, false)],
        }).ToJson()).RootElement;

        Assert.Equal("slowsDown", json.GetProperty("verdict").GetString());
        Assert.Equal(["p50", "p95", "p99", "p999", "max"], json.GetProperty("latencyMs").EnumerateObject().Select(p => p.Name));
        Assert.Equal(
            ["due", "received", "lost", "doubled", "reordered", "late", "wrong"], json.GetProperty("ledger").EnumerateObject().Select(p => p.Name));
        Assert.Equal(["name", "bar", "value", "met"], json.GetProperty("bars")[0].EnumerateObject().Select(p => p.Name));
        Assert.Equal("500", Assert.Single(json.GetProperty("phases")[0].GetProperty("errorsByReason").EnumerateObject()).Name);
        Assert.False(json.TryGetProperty("sockets", out _));
    }

    [Fact]
    public void Every_scenario_names_phases_and_limits_that_there_are()
    {
        Assert.Distinct(ScenarioTable.All.Select(s => s.Name));
        foreach (var scenario in ScenarioTable.All)
        {
            Assert.Distinct(scenario.Phases.Select(p => p.Name));
            Assert.Contains(scenario.BaselinePhase ?? scenario.Main.Name, scenario.Phases.Select(p => p.Name));
            Assert.Subset(Chat.LoadTests.Limits.KnownLimits.All.Select(l => l.Name).ToHashSet(), scenario.Limits.ToHashSet());
            Assert.NotEmpty(scenario.Bars);
        }
    }

    private static RunResult Result() => new() { Scenario = "any", Environment = MachineFacts.Read(new RunOptions()) };

    private static PhaseResult Phase(string name, int accepted, int errors, int milliseconds)
    {
        var recorder = new Recorder();
        var due = System.Diagnostics.Stopwatch.GetTimestamp() - (milliseconds * System.Diagnostics.Stopwatch.Frequency / 1000);
        for (var call = 0; call < accepted; call++)
        {
            recorder.Succeeded("call", due, 1);
        }

        for (var call = 0; call < errors; call++)
        {
            recorder.Failed("call", due, "500");
        }

        return PhaseResult.Of(
            new Phase(name, TimeSpan.FromSeconds(1), 1), recorder, open: null, TimeSpan.FromSeconds(1), TimeSpan.Zero, new Histogram());
    }
}
