namespace Chat.Realtime.Hub;

/// <summary>How many connections were made of late, and so how far apart their questions for what they missed are to be spread.</summary>
internal sealed class Arrivals(TimeProvider time)
{
    private const int Seconds = 10;

    /// <summary>What comes together without being a crowd.</summary>
    private const int Few = 50;

    /// <summary>Two API replicas answer a page of changes in a tenth of it; the rest is for those who send.</summary>
    private const int MillisecondsEach = 2;
    private const int AtMost = 20_000;

    private readonly Lock _lock = new();
    private readonly (long Second, int Count)[] _counts = new (long, int)[Seconds];

    /// <summary>So many in this second and the last that it pays to wait for more of them.</summary>
    public bool IsStorm => Within(1) > 450;

    /// <summary>Milliseconds.</summary>
    public int CatchUpWithin => CatchUpOf(Within(Seconds));

    /// <param name="clients">How many are about to ask.</param>
    public static int CatchUpOf(int clients) => Math.Clamp((clients - Few) * MillisecondsEach, 0, AtMost);

    public void Add()
    {
        var now = Now();
        lock (_lock)
        {
            ref var count = ref _counts[now % Seconds];
            count = (now, count.Second == now ? count.Count + 1 : 1);
        }
    }

    private int Within(int seconds)
    {
        var now = Now();
        lock (_lock)
        {
            return _counts.Where(c => c.Second >= now - seconds).Sum(c => c.Count);
        }
    }

    private long Now() => time.GetUtcNow().ToUnixTimeSeconds();
}
