using System.Diagnostics.Metrics;
using Chat.Data.Events;
using Chat.Data.Reactions;
using Npgsql;
using StackExchange.Redis;

namespace Chat.Worker.Jobs;

/// <summary>
/// Keeps the reaction summaries of messages true to the reactions, and pushes those that changed. Woken by the doorbell; where Redis is
/// away it looks by itself.
/// </summary>
internal sealed partial class RecountReactionsJob(
    NpgsqlDataSource database, EventPublisher publisher, EventSubscriber doorbell, TimeProvider time, ILogger<RecountReactionsJob> log) : IJob
{
    /// <summary>A storm of clicks on one message is one push in this time from each worker, not one a click.</summary>
    private static readonly TimeSpan Spacing = TimeSpan.FromMilliseconds(250);

    private static readonly Histogram<double> Delay = JobMetrics.Meter.CreateHistogram<double>(
        "chat.reactions.recount.delay", unit: "s", description: "From a reaction's commit to the commit of the summary that counts it.");

    private readonly SemaphoreSlim _rung = new(0, 1);
    private bool _listening;
    private bool _moreWaits;
    private long _passed;

    public static string Name => "RecountReactions";

    public TimeSpan Idle => TimeSpan.FromMilliseconds(800);

    public TimeSpan Timeout => TimeSpan.FromSeconds(8);

    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        await ListenAsync(cancellationToken);
        _passed = time.GetTimestamp();
        var (claimed, changed) = await RecountReactions.RunAsync(database, Timeout, cancellationToken);
        _moreWaits = claimed == RecountReactions.MaxRows || changed.Count == RecountReactions.MaxMessages;
        await Task.WhenAll(changed.Select(PublishAsync));

        return (int)claimed;
    }

    /// <summary>
    /// After a pass that left more the next one begins at once, after one that found all when <see cref="Spacing"/> is over, after one
    /// that found nothing by the doorbell or after the pause.
    /// </summary>
    public async Task RestAsync(int done, TimeSpan pause, TimeProvider time, CancellationToken cancellationToken)
    {
        if (done == 0)
        {
            await _rung.WaitAsync(pause, cancellationToken);
        }
        else if (!_moreWaits && Spacing - time.GetElapsedTime(_passed) is { Ticks: > 0 } rest)
        {
            await Task.Delay(rest, time, cancellationToken);
        }
    }

    private async Task PublishAsync(RecountedMessage recounted)
    {
        Delay.Record(recounted.Waited.TotalSeconds);
        using var span = JobMetrics.StartItemSpan("recount reactions", recounted.TraceParents);
        await publisher.PublishAsync(ConversationEvents.Changed(recounted.Message, recounted.MembershipVersion));
    }

    private async Task ListenAsync(CancellationToken cancellationToken)
    {
        if (_listening)
        {
            return;
        }

        try
        {
            _listening = true;
            await doorbell.SubscribeDoorbellAsync(RecountReactions.Doorbell, Ring).WaitAsync(TimeSpan.FromSeconds(1), time, cancellationToken);
        }
        catch (Exception e) when (e is RedisException or TimeoutException)
        {
            LogDoorbell(log, e.GetType().Name);
        }
    }

    private void Ring()
    {
        lock (_rung)
        {
            if (_rung.CurrentCount == 0)
            {
                _rung.Release();
            }
        }
    }

    [LoggerMessage(LogLevel.Warning, "The doorbell could not be listened to ({Error}); reactions are counted a little later until it can")]
    private static partial void LogDoorbell(ILogger logger, string error);
}
