using Chat.LoadTests.Measuring;
using Chat.LoadTests.Results;
using static Chat.LoadTests.Scenarios.CommonBars;

namespace Chat.LoadTests.Scenarios;

/// <summary>Phases and bars that several scenarios share.</summary>
internal static partial class ScenarioTable
{
    /// <summary>With the time that a call takes.</summary>
    private static ThinkTime FiveASecond => ThinkTime.FromSeconds(0.1, 0.26);

    private static ThinkTime Human => ThinkTime.FromSeconds(2, 4);

    private static Phase[] Reading => [WarmUp(100), new("users", Seconds(30), 100), AtCapacity(100)];

    private static Phase[] FewThenMany =>
    [
        WarmUp(100) with { Name = "warm-up among few", Messages = 10_000 }, new(Few, Seconds(30), 100) { Messages = 10_000 },
        WarmUp(100), new("users", Seconds(30), 100) { IsMain = true },
    ];

    /// <summary>A page costs the same wherever it is.</summary>
    private static Bar[] AsAmongFew =>
    [
        P95("users", 50), NoErrors("users"),
        new("p95, times that among few", r => r.Phase("users")?.LatencyMs?.P95 / r.Phase(Few)?.LatencyMs?.P95, 2),
        new(
            "buffers a call, differing from those among few by",
            r => r.Phase("users")?.BuffersPerCall / r.Phase(Few)?.BuffersPerCall is { } times ? Math.Abs(times - 1) : null, 0.2),
    ];

    private static Phase AtCapacity(int users) => new(Capacity, Seconds(10), users) { Think = ThinkTime.None, Judged = false };

    /// <summary>A phase in which there is nothing else does not tell it apart.</summary>
    private static Latencies? Send(RunResult result, string phase) =>
        result.Phase(phase) is { } p ? p.Endpoints?.GetValueOrDefault("send") ?? p.LatencyMs : null;
}
