namespace Chat.Data.RateLimits;

/// <summary>How often one may do something: <paramref name="Burst"/> times at once, and from then on <paramref name="PerSecond"/>.</summary>
/// <param name="Name">Tells it from other limits of the same user: a part of the key, and of the header.</param>
/// <param name="PerSecond">Permits that come back each second, all replicas together; up to 1,000,000.</param>
/// <param name="Burst">Permits of somebody who has not been there for a while; at least 1.</param>
public sealed record RateLimit(string Name, double PerSecond, int Burst)
{
    /// <summary>Between two permits, in microseconds: what GCRA calls the emission interval.</summary>
    public long Interval { get; } = Math.Max(1, (long)Math.Round(1_000_000 / PerSecond));

    /// <summary>How far ahead of now the theoretical arrival time may be, in microseconds.</summary>
    public long Tolerance => Interval * Burst;
}

/// <summary>What a request was told.</summary>
/// <param name="Granted">Whether it may go on.</param>
/// <param name="Remaining">Permits left at this moment.</param>
/// <param name="Wait">Until the next permit, where it was refused; else until all are back.</param>
/// <param name="Local">Decided in this process alone: Redis did not answer, or what is known here suffices for a refusal.</param>
public readonly record struct Permit(bool Granted, int Remaining, TimeSpan Wait, bool Local)
{
    /// <param name="limit">The limit that was asked.</param>
    /// <param name="debt">How far ahead of now the theoretical arrival time is, in microseconds: after a permit, or without one.</param>
    internal static Permit Of(RateLimit limit, bool granted, long debt, bool local) => granted
        ? new(true, (int)((limit.Tolerance - debt) / limit.Interval), TimeSpan.FromMicroseconds(debt), local)
        : new(false, 0, TimeSpan.FromMicroseconds(debt + limit.Interval - limit.Tolerance), local);
}
