using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace Chat.Data.RateLimits;

/// <summary>
/// Grants permits within limits that hold over all replicas. Asks that come while a call to Redis is under way go with the next one, all
/// in one: an idle system waits for nobody, a busy one makes a few hundred calls a second instead of thousands.
/// </summary>
/// <remarks>
/// Redis away: each process grants its share by itself, beginning with what it knows that everybody owes, and from the first answer on Redis is told.
/// A request waits for a Redis that hangs at most <see cref="Patience"/>, once: after that nobody does until a probe was answered.
/// </remarks>
public sealed partial class RateLimiter : IDisposable
{
    /// <summary>Redis answers within 1 ms; a machine that is busy to the last core lets it wait some tens.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(100);

    /// <summary>Past it asks are answered here. At the usual pace of calls it is never half full.</summary>
    private const int MaxPending = 10_000;

    private readonly IConnectionMultiplexer _redis;
    private readonly LocalPermits _local;
    private readonly TimeProvider _time;
    private readonly Func<int> _replicas;
    private readonly ILogger<RateLimiter> _log;
    private readonly CancellationTokenSource _stopped = new();
    private readonly Lock _lock = new();
    private readonly Queue<PendingPermit> _pending = new();
    private bool _calling;
    private volatile bool _away;

    /// <param name="redis">Need not be connected.</param>
    /// <param name="replicas">How many processes share the limits while Redis is away; at least 1.</param>
    public RateLimiter(IConnectionMultiplexer redis, Func<int> replicas, TimeProvider time, ILogger<RateLimiter> log)
    {
        (_redis, _replicas, _time, _log, _local) = (redis, replicas, time, log, new LocalPermits(time));
        RateLimitMetrics.WatchFallBack(() => _away);
    }

    /// <summary>Takes a permit, if there is one; a refusal takes nothing. Never fails.</summary>
    /// <param name="limit">Which limit.</param>
    /// <param name="who">Whose: a user's id, an address, an account name.</param>
    public async ValueTask<Permit> TakeAsync(RateLimit limit, string who)
    {
        if (_away || !IsConnected())
        {
            return Counted(limit, _local.Take(limit, who, _replicas()));
        }

        var (askedAt, known) = (_local.Now, _local.DebtOf(limit, who));
        if (known + limit.Interval > limit.Tolerance)
        {
            // Redis would say the same: a flood costs it nothing.
            return Counted(limit, Permit.Of(limit, granted: false, Math.Min(known, limit.Tolerance), local: true));
        }

        if (await AskAsync(new PendingPermit(limit, who, known)) is not { } answer)
        {
            return Counted(limit, _local.Take(limit, who, _replicas()));
        }

        _local.Remember(limit, who, answer.Debt, askedAt);
        return Counted(limit, Permit.Of(limit, answer.Granted, answer.Debt, local: false));
    }

    public void Dispose()
    {
        _stopped.Cancel();
        _stopped.Dispose();
    }

    private static Permit Counted(RateLimit limit, Permit permit)
    {
        if (!permit.Granted)
        {
            RateLimitMetrics.Refused(limit.Name);
        }

        return permit;
    }

    private Task<(bool Granted, long Debt)?> AskAsync(PendingPermit ask)
    {
        lock (_lock)
        {
            if (_pending.Count >= MaxPending)
            {
                return Task.FromResult<(bool, long)?>(null);
            }

            _pending.Enqueue(ask);
            if (!_calling)
            {
                _calling = true;
                ThreadPool.UnsafeQueueUserWorkItem(static limiter => _ = limiter.CallAsync(), this, preferLocal: false);
            }
        }

        return ask.Answer.Task;
    }

    /// <summary>Calls until nobody waits.</summary>
    private async Task CallAsync()
    {
        while (true)
        {
            var asks = NextAsks();
            if (asks.Count == 0)
            {
                return;
            }

            var answers = _away ? null : await TryAsync(asks);
            for (var i = 0; i < asks.Count; i++)
            {
                asks[i].Answer.SetResult(answers?[i]);
            }
        }
    }

    private List<PendingPermit> NextAsks()
    {
        lock (_lock)
        {
            var asks = new List<PendingPermit>(Math.Min(_pending.Count, TakePermits.MaxKeys));
            while (asks.Count < TakePermits.MaxKeys && _pending.TryDequeue(out var ask))
            {
                asks.Add(ask);
            }

            _calling = asks.Count > 0;
            return asks;
        }
    }

    private async Task<(bool Granted, long Debt)[]?> TryAsync(List<PendingPermit> asks)
    {
        var started = _time.GetTimestamp();
        try
        {
            var answers = await TakePermits.RunAsync(_redis.GetDatabase(), asks).WaitAsync(Patience, _time);
            RateLimitMetrics.Called(asks.Count, _time.GetElapsedTime(started));
            return answers;
        }
        // Calls that wait while the connection is lost the client library may cancel.
        catch (Exception e) when (e is RedisException or TimeoutException or ObjectDisposedException or OperationCanceledException)
        {
            GoLocal(e.GetType().Name);
            return null;
        }
    }
}
