using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace Chat.Data.RateLimits;

/// <summary>While Redis is away.</summary>
public sealed partial class RateLimiter
{
    private static readonly TimeSpan ProbePause = TimeSpan.FromMilliseconds(200);

    private bool IsConnected()
    {
        if (_redis.IsConnected)
        {
            return true;
        }

        GoLocal("not connected");
        return false;
    }

    private void GoLocal(string error)
    {
        lock (_lock)
        {
            if (_away)
            {
                return;
            }

            _away = true;
        }

        LogAway(_log, error);
        _ = ReturnAsync(_stopped.Token);
    }

    /// <summary>Asks in the background, so that no request waits, at moments that differ from the other replicas'.</summary>
    private async Task ReturnAsync(CancellationToken stopped)
    {
        do
        {
            // Probes Redis at a bounded, jittered pace, away from any request.
            await Task.Delay(ProbePause * (0.5 + Random.Shared.NextDouble()), _time, CancellationToken.None);
        }
        while (!stopped.IsCancellationRequested && !await AnswersAsync());
        _away = false;
        LogBack(_log);
    }

    private async Task<bool> AnswersAsync()
    {
        try
        {
            await _redis.GetDatabase().PingAsync().WaitAsync(Patience, _time);
            return true;
        }
        // Calls that wait while the connection is lost the client library may cancel.
        catch (Exception e) when (e is RedisException or TimeoutException or ObjectDisposedException or OperationCanceledException)
        {
            return false;
        }
    }

    [LoggerMessage(LogLevel.Warning, "Redis grants no permits ({Error}): until it does, each process keeps to its share of the limits")]
    private static partial void LogAway(ILogger logger, string error);

    [LoggerMessage(LogLevel.Information, "Redis grants permits again")]
    private static partial void LogBack(ILogger logger);
}
