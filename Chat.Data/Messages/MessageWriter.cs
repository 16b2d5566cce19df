using System.Diagnostics;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Chat.Data.Messages;

/// <summary>
/// Commits messages in groups: one loop takes whatever is queued, up to <see cref="MaxBatch"/>, and commits it in one round trip.
/// It never waits for company, so a lone message is committed at once, and under load the groups grow by themselves.
/// What is acknowledged is committed; what is sent twice is stored once; numbers are dense over any number of writers, because
/// each batch holds the locks of its conversations while it numbers.
/// </summary>
public sealed partial class MessageWriter
{
    /// <summary>Larger ones gain little and make the first of them wait longer.</summary>
    public const int MaxBatch = 200;

    /// <summary>How many messages may wait: some tenths of a second's work.</summary>
    public const int Capacity = 4096;

    /// <summary>How long a message may wait for its commit before its sender is told to try again.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan BatchTimeout = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(500);

    private readonly Channel<PendingMessage> _queue = Channel.CreateBounded<PendingMessage>(
        new BoundedChannelOptions(Capacity) { SingleReader = true });

    private readonly NpgsqlDataSource _database;
    private readonly TimeProvider _time;
    private readonly ILogger<MessageWriter> _log;

    public MessageWriter(NpgsqlDataSource database, TimeProvider time, ILogger<MessageWriter> log)
    {
        (_database, _time, _log) = (database, time, log);
        WriterMetrics.WatchQueue(() => _queue.Reader.Count);
    }

    /// <summary>
    /// Queues a message and waits for its commit. Cannot be cancelled: the caller has to know, so as to publish what was committed
    /// even when nobody waits for the answer any more. It takes at most a little more than <see cref="Patience"/>.
    /// </summary>
    /// <exception cref="PostgresException">The database refuses this very message.</exception>
    public async Task<SendOutcome> SendAsync(NewMessage message)
    {
        var pending = new PendingMessage(message);
        if (_queue.Writer.TryWrite(pending))
        {
            return await pending.Outcome;
        }

        WriterMetrics.Answered503("full");
        return new SendOutcome.Full();
    }

    /// <summary>Commits until <see cref="Complete"/> was called and the queue is empty.</summary>
    public async Task RunAsync()
    {
        var batch = new List<PendingMessage>(MaxBatch);
        while (await _queue.Reader.WaitToReadAsync())
        {
            while (batch.Count < MaxBatch && _queue.Reader.TryRead(out var pending))
            {
                batch.Add(pending);
            }

            await SettleAsync([.. batch]);
            batch.Clear();
        }
    }

    /// <summary>Takes no more messages; those already queued are committed.</summary>
    public void Complete() => _queue.Writer.TryComplete();

    /// <summary>Runs a batch until each of its messages has its outcome.</summary>
    private async Task SettleAsync(PendingMessage[] batch)
    {
        for (var failures = 0; (batch = GiveUpOld(batch)).Length > 0; failures++)
        {
            try
            {
                await CommitAsync(batch);
                return;
            }
            catch (Exception e) when (WriterFailure.IsTransient(e))
            {
                // Whether it was committed is not known, or it cannot be now: running it again is right in both cases.
                LogRetry(_log, batch.Length, e);
                WriterMetrics.Failed(WriterFailure.Name(e));
                await Task.Delay(Pause(failures), _time);
            }
            catch (Exception e) when (batch.Length > 1)
            {
                LogSplit(_log, batch.Length, e);
                WriterMetrics.Failed(WriterFailure.Name(e));
                foreach (var part in Split(batch))
                {
                    await SettleAsync(part);
                }

                return;
            }
            catch (Exception e)
            {
                Refuse(batch[0], e);
                return;
            }
        }
    }

    private async Task CommitAsync(PendingMessage[] batch)
    {
        using var span = WriterMetrics.StartSpan(batch);
        var started = Stopwatch.GetTimestamp();
        var sent = await SendMessages.RunAsync(_database, [.. batch.Select(p => p.Message)], BatchTimeout, CancellationToken.None);
        WriterMetrics.Committed(batch.Length, Stopwatch.GetElapsedTime(started));
        foreach (var (pending, message) in batch.Zip(sent))
        {
            pending.Complete(message is null ? new SendOutcome.NotMember() : new SendOutcome.Sent(message));
        }
    }

    /// <summary>By conversation first, so that one that is locked holds up no other; then in halves, until a bad message is alone.</summary>
    private static IEnumerable<PendingMessage[]> Split(PendingMessage[] batch)
    {
        var conversations = batch.GroupBy(p => p.Message.ConversationId).Select(g => g.ToArray()).ToArray();
        return conversations.Length > 1 ? conversations : batch.Chunk((batch.Length + 1) / 2);
    }

    /// <summary>A lone message whose conversation stays locked must not hold up the rest; what else is refused is a defect of ours.</summary>
    private static void Refuse(PendingMessage pending, Exception e)
    {
        if (e is PostgresException { SqlState: PostgresErrorCodes.LockNotAvailable })
        {
            WriterMetrics.Answered503("unknown");
            pending.Complete(new SendOutcome.Unknown());
        }
        else
        {
            pending.Fail(e);
        }
    }

    private static PendingMessage[] GiveUpOld(PendingMessage[] batch)
    {
        foreach (var old in batch.Where(p => p.Waiting > Patience))
        {
            WriterMetrics.Answered503("unknown");
            old.Complete(new SendOutcome.Unknown());
        }

        return [.. batch.Where(p => !p.Outcome.IsCompleted)];
    }

    /// <summary>From half to all of a pause that doubles, so that replicas that failed together do not come back together.</summary>
    private static TimeSpan Pause(int failures) =>
        FirstPause * Math.Min(Math.Pow(2, failures), LongestPause / FirstPause) * (0.5 + (Random.Shared.NextDouble() / 2));

    [LoggerMessage(LogLevel.Warning, "A batch of {Count} messages will be run again")]
    private static partial void LogRetry(ILogger logger, int count, Exception exception);

    [LoggerMessage(LogLevel.Warning, "A batch of {Count} messages failed and will be split")]
    private static partial void LogSplit(ILogger logger, int count, Exception exception);
}
