using System.Diagnostics;

namespace Chat.Data.RateLimits;

/// <summary>
/// What this process knows of who owes how much, by its own clock: what Redis said last, and what was granted without it. Debts are counted from
/// before Redis was asked, and others only add to them: so it is never more than Redis knows, or will be told, and a refusal by it is right.
/// </summary>
internal sealed class LocalPermits(TimeProvider time)
{
    /// <summary>
    /// Keys of a generation. There are two, the younger and what it was before: when it is full the older is forgotten, so that at most twice as
    /// many are kept (about 20 MB), and whoever was there lately is among them.
    /// </summary>
    public const int Generation = 50_000;

    private readonly Lock _lock = new();
    private Dictionary<Key, long> _younger = [];
    private Dictionary<Key, long> _older = [];

    /// <summary>Of now, in microseconds.</summary>
    public long Now => (long)(time.GetTimestamp() * (1e6 / time.TimestampFrequency));

    /// <summary>What they are known to owe, in microseconds; 0 where nothing is known.</summary>
    public long DebtOf(RateLimit limit, string who)
    {
        lock (_lock)
        {
            return DebtOf(new Key(limit.Name, who));
        }
    }

    /// <summary>Redis said so.</summary>
    /// <param name="askedAt"><see cref="Now"/> before it was asked.</param>
    public void Remember(RateLimit limit, string who, long debt, long askedAt)
    {
        lock (_lock)
        {
            Keep(new Key(limit.Name, who), askedAt + debt);
        }
    }

    /// <summary>Grants or refuses without Redis, this process's share of the limit: the debt of a permit is as many times as great.</summary>
    /// <param name="replicas">How many share the limit.</param>
    public Permit Take(RateLimit limit, string who, int replicas)
    {
        lock (_lock)
        {
            var key = new Key(limit.Name, who);
            var (now, debt) = (Now, Math.Min(DebtOf(key), limit.Tolerance));

            // A burst that is smaller than the number of replicas still lets one through.
            var price = Math.Min(limit.Interval * replicas, limit.Tolerance);
            if (debt + price > limit.Tolerance)
            {
                return new Permit(false, 0, TimeSpan.FromMicroseconds(debt + price - limit.Tolerance), Local: true);
            }

            Keep(key, now + debt + price);
            return Permit.Of(limit, granted: true, debt + price, local: true);
        }
    }

    private long DebtOf(Key key) =>
        _younger.TryGetValue(key, out var tat) || _older.TryGetValue(key, out tat) ? Math.Max(0, tat - Now) : 0;

    /// <summary>Never shortens a debt: answers may come in another order than they were made.</summary>
    private void Keep(Key key, long tat)
    {
        Debug.Assert(_lock.IsHeldByCurrentThread, "Callers hold the lock.");
        if (!_younger.TryGetValue(key, out var known) && !_older.TryGetValue(key, out known))
        {
            known = 0;
        }

        if (_younger.Count >= Generation && !_younger.ContainsKey(key))
        {
            (_older, _younger) = (_younger, new Dictionary<Key, long>(Generation));
        }

        _younger[key] = Math.Max(known, tat);
    }

    private readonly record struct Key(string Limit, string Who);
}
