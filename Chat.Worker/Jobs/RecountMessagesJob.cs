using System.Diagnostics.Metrics;
using Chat.Data.Events;
using Chat.Data.Recounts;
using Npgsql;
using StackExchange.Redis;

namespace Chat.Worker.Jobs;

/// <summary>
/// Keeps the summaries and tallies of messages true to the reactions and votes, and pushes those that changed. Woken by the doorbell;
/// where Redis is away it looks by itself.
/// </summary>
internal sealed partial class RecountMessagesJob(
    NpgsqlDataSource database, EventPublisher publisher, EventSubscriber doorbell, TimeProvider time, ILogger<RecountMessagesJob> log) : IJob
{
    /// <summary>While there is work: clicks that come together are counted together, and what is not due yet is asked for again.</summary>
    private static readonly TimeSpan Breath = TimeSpan.FromMilliseconds(40);

    private static readonly Histogram<double> Delay = JobMetrics.Meter.CreateHistogram<double>(
        "chat.recount.delay", unit: "s", description: "From a click's commit to the commit of the count that has it, for the first of several.");

    private static readonly Counter<long> Rows = JobMetrics.Meter.CreateCounter<long>(
        "chat.recount.rows", unit: "{row}", description: "Reactions and votes that changed counts were made of: what recounting costs.");

    private readonly SemaphoreSlim _rung = new(0, 1);
    private bool _listening;
    private bool _moreWaits;

    public static string Name => "RecountMessages";

    public TimeSpan Idle => TimeSpan.FromMilliseconds(800);

    public TimeSpan Timeout => TimeSpan.FromSeconds(8);

    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        await ListenAsync(cancellationToken);
        var pass = await RecountMessages.RunAsync(database, Timeout, cancellationToken);
        _moreWaits = pass.MoreWaits;
        await Task.WhenAll(pass.Changed.Select(PublishAsync));
        return (int)pass.Settled;
    }

    /// <summary>After a pass that found or left something the next one begins in a moment, else by the doorbell or after the pause.</summary>
    public Task RestAsync(int done, TimeSpan pause, TimeProvider time, CancellationToken cancellationToken) =>
        done > 0 || _moreWaits ? Task.Delay(Breath, time, cancellationToken) : _rung.WaitAsync(pause, cancellationToken);

    private async Task PublishAsync(RecountedMessage recounted)
    {
        Delay.Record(recounted.Waited.TotalSeconds);
        Rows.Add((recounted.Message.Reactions?.Sum(r => (long)r.Count) ?? 0) + (recounted.Message.Tally?.Voters ?? 0));
        using var span = JobMetrics.StartItemSpan("recount message", recounted.TraceParents);
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
            await doorbell.SubscribeDoorbellAsync(RecountMessages.Doorbell, Ring).WaitAsync(TimeSpan.FromSeconds(1), time, cancellationToken);
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

    [LoggerMessage(LogLevel.Warning, "The doorbell could not be listened to ({Error}); reactions and votes are counted a little later until it can")]
    private static partial void LogDoorbell(ILogger logger, string error);
}
