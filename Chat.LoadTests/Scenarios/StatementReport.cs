using Chat.LoadTests.Results;
using Chat.LoadTests.Stacks.Telemetry;

namespace Chat.LoadTests.Scenarios;

/// <summary>What the services' own telemetry says of their statements between two moments.</summary>
internal static class StatementReport
{
    public static IReadOnlyDictionary<string, StatementTimes>? Between(TelemetrySnapshot? before, TelemetrySnapshot? after) =>
        before is null || after is null
            ? null
            : after.Since(before).Statements().ToDictionary(
                s => s.Key,
                s => new StatementTimes(s.Value.Count, Latencies.Milliseconds(s.Value.Mean), Latencies.Milliseconds(s.Value.AtMost(0.95))));
}
