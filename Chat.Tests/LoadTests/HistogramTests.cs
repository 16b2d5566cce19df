using Chat.LoadTests.Measuring;

namespace Chat.Tests.LoadTests;

/// <summary>Percentiles against the exact ones of the same data.</summary>
public sealed class HistogramTests
{
    private static readonly double[] Shares = [0.5, 0.95, 0.99, 0.999];

    [Theory]
    [InlineData(1, 1e-6)]
    [InlineData(2, 1e-3)]
    [InlineData(3, 1)]
    [InlineData(4, 20)]
    public void A_percentile_is_within_its_bound_of_the_exact_one(int seed, double scale)
    {
        var durations = Durations(seed, scale, 20_000);
        var histogram = Recorded(durations);

        Array.Sort(durations);
        Assert.Equal(durations[^1], histogram.Max);
        foreach (var share in Shares)
        {
            var exact = durations[(int)Math.Ceiling(share * durations.Length) - 1];
            // Half a tick more, since the middle of a bucket need not be a whole one.
            Assert.InRange(
                (histogram.Percentile(share) - exact).Duration().Ticks, 0, (exact.Ticks * Histogram.RelativeError) + 1);
        }

        Assert.True(Histogram.RelativeError <= 0.01);
    }

    [Fact]
    public void Merged_is_the_same_as_recorded_in_one()
    {
        var (first, second) = (Durations(5, 0.01, 5_000), Durations(6, 1, 5_000));

        var merged = Recorded(first);
        merged.Add(Recorded(second));

        var single = Recorded([.. first, .. second]);
        Assert.Equal(single.Count, merged.Count);
        Assert.Equal(single.Max, merged.Max);
        Assert.All(Shares, share => Assert.Equal(single.Percentile(share), merged.Percentile(share)));
    }

    [Fact]
    public void What_several_threads_record_at_once_is_all_there()
    {
        var histogram = new Histogram();

        Parallel.For(0, 50_000, i => histogram.Record(TimeSpan.FromTicks(i)));

        Assert.Equal(50_000, histogram.Count);
        Assert.Equal(TimeSpan.FromTicks(49_999), histogram.Max);
    }

    [Fact]
    public void Nothing_recorded_is_zero_and_what_is_out_of_range_is_at_its_end()
    {
        Assert.Equal(TimeSpan.Zero, new Histogram().Percentile(0.99));
        Assert.Equal(TimeSpan.FromHours(1), Recorded([TimeSpan.FromDays(3)]).Percentile(0.5));
        Assert.Equal(TimeSpan.Zero, Recorded([TimeSpan.FromSeconds(-1)]).Percentile(0.5));
    }

    private static Histogram Recorded(TimeSpan[] durations)
    {
        var histogram = new Histogram();
        foreach (var duration in durations)
        {
            histogram.Record(duration);
        }

        return histogram;
    }

    /// <summary>Log-normal, as latencies are: most near the scale, a few far above it.</summary>
    private static TimeSpan[] Durations(int seed, double scale, int count)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ =>
            TimeSpan.FromSeconds(scale * Math.Exp(Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()))))];
    }
}
