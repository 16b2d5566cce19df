using System.Diagnostics.Metrics;
using Chat.Data.Statements;

namespace Chat.Data.RateLimits;

internal static class RateLimitMetrics
{
    private static readonly Meter Meter = new(Statement.MeterName);

    private static readonly Counter<long> RefusedRequests = Meter.CreateCounter<long>(
        "chat.limits.refused", unit: "{request}", description: "Requests answered 429, by limit.");

    private static readonly Histogram<double> CallDuration = Meter.CreateHistogram(
        "chat.limits.call.duration", unit: "s", description: "From asking Redis for permits to having its answer.",
        advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.0002, 0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1] });

    private static readonly Histogram<int> CallSize = Meter.CreateHistogram(
        "chat.limits.call.size", unit: "{permit}", description: "Permits asked for in one call.",
        advice: new InstrumentAdvice<int> { HistogramBucketBoundaries = [1, 2, 5, 10, 20, 50, 100, 200] });

    public static void WatchFallBack(Func<bool> away) => Meter.CreateObservableGauge(
        "chat.limits.local", () => away() ? 1 : 0, description: "1 while Redis is away and this process keeps to its share of the limits by itself.");

    public static void Refused(string limit) => RefusedRequests.Add(1, new KeyValuePair<string, object?>("limit", limit));

    public static void Called(int permits, TimeSpan elapsed)
    {
        CallSize.Record(permits);
        CallDuration.Record(elapsed.TotalSeconds);
    }
}
