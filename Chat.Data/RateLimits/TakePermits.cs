using Chat.Data.Redis;
using StackExchange.Redis;

namespace Chat.Data.RateLimits;

/// <summary>
/// Asks Redis for many users' permits in one call. The algorithm is GCRA, the virtual scheduling of ITU-T I.371 (annex A), as redis-cell
/// has it: one number a key, the theoretical arrival time (TAT), which a permit moves on by an interval and which may be ahead of now by
/// at most the tolerance. Exact under concurrency, since a script runs alone; by Redis's own clock, since replicas' clocks differ.
/// </summary>
/// <remarks>
/// <para>Each asker says how much debt it knows of (TAT - now). Redis keeps nothing on disk: where it has lost a key, the users' debts come
/// back with the first call after its restart, and nobody gets a second burst.</para>
/// <para>A TAT further ahead than the tolerance, after a step of the clock or with a limit made smaller, is cut down to it: nobody waits longer than the window.</para>
/// </remarks>
internal static class TakePermits
{
    /// <summary>So that a call stays below a millisecond.</summary>
    public const int MaxKeys = 256;

    private const string Script = """
        local time = redis.call('TIME')
        local now = time[1] * 1000000 + time[2]
        local answers = {}
        for i = 1, #KEYS do
          local interval, tolerance, known = tonumber(ARGV[3 * i - 2]), tonumber(ARGV[3 * i - 1]), tonumber(ARGV[3 * i])
          local stored = tonumber(redis.call('GET', KEYS[i]) or 0) - now
          local debt = math.min(math.max(stored, known, 0), tolerance)
          local granted = debt + interval <= tolerance
          if granted then debt = debt + interval end
          if granted or known > stored then
            redis.call('SET', KEYS[i], string.format('%.0f', now + debt), 'PX', math.ceil(debt / 1000))
          end
          answers[2 * i - 1] = granted and 1 or 0
          answers[2 * i] = debt
        end
        return answers
        """;

    /// <summary>Answers in the order of the asks: granted or not, and the debt after it.</summary>
    /// <exception cref="RedisException">Redis could not be reached, or not in time. What was asked for may have been taken.</exception>
    public static async Task<(bool Granted, long Debt)[]> RunAsync(IDatabase redis, IReadOnlyList<PendingPermit> asks)
    {
        var keys = new RedisKey[asks.Count];
        var values = new RedisValue[asks.Count * 3];
        for (var i = 0; i < asks.Count; i++)
        {
            var ask = asks[i];
            keys[i] = RedisKeys.RateLimit(ask.Limit.Name, ask.Who);
            (values[3 * i], values[(3 * i) + 1], values[(3 * i) + 2]) = (ask.Limit.Interval, ask.Limit.Tolerance, ask.KnownDebt);
        }

        var answers = (long[])(await EvaluateAsync(redis, keys, values))!;
        return [.. Enumerable.Range(0, asks.Count).Select(i => (answers[2 * i] == 1, answers[(2 * i) + 1]))];
    }

    /// <summary>
    /// The client library loads a script once for each connection and then calls it by its hash (EVALSHA). Where Redis has forgotten it, the older of
    /// its versions says so to the caller, and loads it again at the next call.
    /// </summary>
    private static async Task<RedisResult> EvaluateAsync(IDatabase redis, RedisKey[] keys, RedisValue[] values)
    {
        try
        {
            return await redis.ScriptEvaluateAsync(Script, keys, values);
        }
        catch (RedisServerException e) when (e.Message.StartsWith("NOSCRIPT", StringComparison.Ordinal))
        {
            return await redis.ScriptEvaluateAsync(Script, keys, values);
        }
    }
}

/// <summary>A request that waits for its permit.</summary>
internal sealed record PendingPermit(RateLimit Limit, string Who, long KnownDebt)
{
    /// <summary>Null: Redis did not say.</summary>
    public TaskCompletionSource<(bool Granted, long Debt)?> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
}
