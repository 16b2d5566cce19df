using Chat.LoadTests.Measuring;

namespace Chat.LoadTests.Results;

/// <summary>What came of an open load that ran beside a phase's own; none of it is in the phase's figures.</summary>
/// <param name="Rate">Arrivals a second that it was to bring.</param>
/// <param name="Accepted">Calls that got the answer they were made for.</param>
/// <param name="Errors">Calls that did not.</param>
/// <param name="Dropped">Arrivals that never began.</param>
internal sealed record BesideResult(
    double Rate, long Accepted, long Errors, long Dropped, Latencies? LatencyMs, IReadOnlyDictionary<string, long>? ErrorsByReason)
{
    /// <summary>Of all calls, the share that was refused as too many: 0 to 1.</summary>
    public double? RefusedShare() => Accepted + Errors is > 0 and var calls ? (double)(ErrorsByReason?.GetValueOrDefault("429") ?? 0) / calls : null;

    public static BesideResult Of(double rate, Recorder recorder, OpenLoad load) => new(
        rate, recorder.Accepted, recorder.Errors, load.Dropped, Latencies.Of(recorder.Latency),
        recorder.Errors == 0 ? null : new SortedDictionary<string, long>(recorder.ErrorsByReason.ToDictionary()));
}
