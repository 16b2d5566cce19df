using System.Text.Json.Serialization;

namespace Chat.LoadTests.Results;

/// <summary>What a load test says of the system, in one word.</summary>
internal enum Verdict
{
    /// <summary>Less than 1 % errors, and no phase's p95 twice the baseline's.</summary>
    [JsonStringEnumMemberName("fine")]
    Fine,

    /// <summary>Up to 10 % errors, or a p95 of up to ten times the baseline's.</summary>
    [JsonStringEnumMemberName("slowsDown")]
    SlowsDown,

    /// <summary>More than that, or a process ended or was replaced.</summary>
    [JsonStringEnumMemberName("crashes")]
    Crashes,
}

internal static class Verdicts
{
    /// <param name="phases">Those that count.</param>
    /// <param name="baseline">The p95 (ms) of the phase of at most 100 users that the others are compared with; null: none.</param>
    /// <param name="processLost">A process of the system ended during the run.</param>
    public static Verdict Of(IReadOnlyCollection<PhaseResult> phases, double? baseline, bool processLost)
    {
        var errors = phases.Count == 0 ? 0 : phases.Max(p => p.ErrorShare());
        var factor = phases.Select(p => p.LatencyMs?.P95 / baseline).Max() ?? 1;
        return processLost || errors > 0.1 || factor > 10 ? Verdict.Crashes
            : errors >= 0.01 || factor >= 2 ? Verdict.SlowsDown
            : Verdict.Fine;
    }
}
