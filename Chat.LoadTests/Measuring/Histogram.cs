using System.Numerics;

namespace Chat.LoadTests.Measuring;

/// <summary>
/// Durations counted in buckets: exact up to 25.6 µs, from there on in 128 buckets to each doubling, so that a percentile is wrong by
/// at most 0.4 % (half a bucket; HdrHistogram's layout). Adding two gives what recording everything in one would have given.
/// Any number of threads may record at once.
/// </summary>
internal sealed class Histogram
{
    /// <summary>The greatest relative error of a percentile.</summary>
    public const double RelativeError = 0.5 / BucketsPerDoubling;

    private const int Bits = 7;
    private const int BucketsPerDoubling = 1 << Bits;

    /// <summary>One hour in ticks of 100 ns; what takes longer is recorded as that.</summary>
    private const long Longest = TimeSpan.TicksPerHour;

    private readonly long[] _counts = new long[BucketOf(Longest) + 1];
    private long _max;

    public long Count => _counts.Sum();

    /// <summary>The longest one, exact.</summary>
    public TimeSpan Max => TimeSpan.FromTicks(Interlocked.Read(ref _max));

    public void Record(TimeSpan duration)
    {
        var ticks = Math.Clamp(duration.Ticks, 0, Longest);
        Interlocked.Increment(ref _counts[BucketOf(ticks)]);
        Raise(ticks);
    }

    public void Add(Histogram other)
    {
        for (var bucket = 0; bucket < _counts.Length; bucket++)
        {
            if (other._counts[bucket] is > 0 and var count)
            {
                Interlocked.Add(ref _counts[bucket], count);
            }
        }

        Raise(other.Max.Ticks);
    }

    /// <summary>The duration that a share of all did not exceed; zero where nothing was recorded.</summary>
    /// <param name="share">0 to 1: 0.95 for p95.</param>
    public TimeSpan Percentile(double share)
    {
        var rank = Math.Max(1, (long)Math.Ceiling(share * Count));
        long seen = 0;
        for (var bucket = 0; bucket < _counts.Length; bucket++)
        {
            seen += _counts[bucket];
            if (seen >= rank)
            {
                return TimeSpan.FromTicks(Math.Min(MiddleOf(bucket), Max.Ticks));
            }
        }

        return TimeSpan.Zero;
    }

    private void Raise(long ticks)
    {
        for (var max = Interlocked.Read(ref _max); ticks > max;)
        {
            var seen = Interlocked.CompareExchange(ref _max, ticks, max);
            if (seen == max)
            {
                return;
            }

            max = seen;
        }
    }

    /// <summary>Below two doublings' worth of buckets the ticks themselves; above, as many of the highest bits as a bucket keeps.</summary>
    private static int BucketOf(long ticks)
    {
        var shift = Math.Max(0, BitOperations.Log2((ulong)ticks | 1) - Bits);
        return (shift << Bits) + (int)(ticks >> shift);
    }

    private static long MiddleOf(int bucket)
    {
        var shift = Math.Max(0, (bucket >> Bits) - 1);
        var low = (long)(bucket - (shift << Bits)) << shift;
        return low + ((1L << shift) >> 1);
    }
}
