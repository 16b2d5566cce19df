using Chat.LoadTests.Measuring;

namespace Chat.LoadTests.Results;

/// <summary>Milliseconds, of all calls from the moment they were due.</summary>
internal sealed record Latencies(double P50, double P95, double P99, double P999, double Max)
{
    /// <summary>Null where nothing was recorded.</summary>
    public static Latencies? Of(Histogram histogram) => histogram.Count == 0 ? null : new Latencies(
        Milliseconds(histogram.Percentile(0.5)), Milliseconds(histogram.Percentile(0.95)), Milliseconds(histogram.Percentile(0.99)),
        Milliseconds(histogram.Percentile(0.999)), Milliseconds(histogram.Max));

    public static double Milliseconds(TimeSpan time) => Math.Round(time.TotalMilliseconds, 3);
}
