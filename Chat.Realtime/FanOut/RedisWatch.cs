using Chat.Contracts.Events;
using Chat.Data.Events;
using Chat.Realtime.Hub;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace Chat.Realtime.FanOut;

/// <summary>
/// Sees whether this node hears Redis: down, restarted, or hanging. The clients are told when it does not, and when it does again; then
/// everybody's conversations are read anew, for control events may have been lost, and heads are compared.
/// </summary>
internal sealed partial class RedisWatch(
    Audience audience, EventSubscriber subscriber, IOptions<RealtimeOptions> options, TimeProvider time, ILogger<RedisWatch> log) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private volatile bool _degraded;

    /// <summary>It became degraded, or recovered.</summary>
    public event EventHandler? Changed;

    public bool IsDegraded => _degraded;

    /// <summary>What a client that comes now is to be told; null while all is well.</summary>
    public Degraded? Word => _degraded ? new Degraded((int)options.Value.PollEvery.TotalMilliseconds) : null;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            var degraded = !await AnswersAsync(stoppingToken);
            if (degraded == _degraded)
            {
                continue;
            }

            _degraded = degraded;
            Tell(Word);
            Changed?.Invoke(this, EventArgs.Empty);
        }
    }

    private void Tell(Degraded? word)
    {
        if (word is null)
        {
            LogRecovered(log);
            audience.ReadAllAgain();
        }
        else
        {
            LogDegraded(log);
        }

        var frame = word is null
            ? HubFrame.Invoke("recovered", new Recovered(), ConnectionJson.Default.Recovered)
            : HubFrame.Invoke("degraded", word, ConnectionJson.Default.Degraded);
        foreach (var connection in audience.Where(_ => true))
        {
            connection.Send(frame);
        }
    }

    private async Task<bool> AnswersAsync(CancellationToken cancellationToken)
    {
        try
        {
            await subscriber.PingAsync().WaitAsync(Patience, time, cancellationToken);
            return true;
        }
        catch (Exception e) when (e is RedisException or TimeoutException or ObjectDisposedException)
        {
            return false;
        }
    }

    [LoggerMessage(LogLevel.Warning, "Redis does not answer: no pushes come, clients are told to ask")]
    private static partial void LogDegraded(ILogger logger);

    [LoggerMessage(LogLevel.Information, "Redis answers again: pushes come, clients are told what they missed")]
    private static partial void LogRecovered(ILogger logger);
}
