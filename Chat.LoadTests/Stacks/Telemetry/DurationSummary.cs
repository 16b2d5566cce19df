namespace Chat.LoadTests.Stacks.Telemetry;

/// <summary>
/// Durations that came as buckets. Count, mean and the share within a bound are exact; a percentile is known only to lie in its
/// bucket, and is told as the bucket's upper bound, so that no bar counts as met that was not.
/// </summary>
internal sealed class DurationSummary
{
    private readonly double[] _bounds;
    private readonly long[] _buckets;

    private DurationSummary(long count, double sumSeconds, double[] bounds, long[] buckets)
    {
        Count = count;
        Mean = TimeSpan.FromSeconds(sumSeconds / count);
        (_bounds, _buckets) = (bounds, buckets);
    }

    public long Count { get; }

    public TimeSpan Mean { get; }

    /// <summary>Sums series of the same bounds, in seconds; null where nothing was recorded.</summary>
    public static DurationSummary? Of(IEnumerable<HistogramSeries> series)
    {
        var used = series.Where(s => s.Count > 0).ToArray();
        return used.Length == 0
            ? null
            : new DurationSummary(
                used.Sum(s => s.Count), used.Sum(s => s.Sum), [.. used[0].Bounds],
                [.. Enumerable.Range(0, used[0].Buckets.Count).Select(i => used.Sum(s => s.Buckets[i]))]);
    }

    /// <param name="share">From 0 to 1.</param>
    /// <returns>The least of the bounds within which so many were; the greatest span where some of them exceeded every bound.</returns>
    public TimeSpan AtMost(double share)
    {
        var rank = (long)Math.Ceiling(Count * share);
        var seen = 0L;
        for (var i = 0; i < _bounds.Length; i++)
        {
            seen += _buckets[i];
            if (seen >= rank)
            {
                return TimeSpan.FromSeconds(_bounds[i]);
            }
        }

        return TimeSpan.MaxValue;
    }
}
