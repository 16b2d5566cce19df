using Chat.LoadTests.Measuring;
using Chat.LoadTests.Results;

namespace Chat.LoadTests.Scenarios;

/// <summary>What many scenarios have in common.</summary>
internal static class CommonBars
{
    /// <summary>What was acknowledged, or due to be pushed, is there: once.</summary>
    public static Bar Kept => new("messages lost or doubled", r => r.Ledger is { } ledger ? ledger.Lost + ledger.Doubled + ledger.Wrong : null, 0);

    public static Bar P95(string phase, double below) =>
        new($"{phase}: p95, ms", r => r.Phase(phase)?.LatencyMs?.P95, below, Strict: true);

    public static Bar NoErrors(string phase) => new($"{phase}: errors", r => r.Phase(phase) is { } p ? p.Errors + (p.Dropped ?? 0) : null, 0);

    public static Phase WarmUp(int users, ThinkTime? think = null) =>
        new("warm-up", Seconds(5), users) { Think = think ?? ThinkTime.FromSeconds(0.05, 0.1), WarmUp = true };

    public static TimeSpan Seconds(double seconds) => TimeSpan.FromSeconds(seconds);
}
