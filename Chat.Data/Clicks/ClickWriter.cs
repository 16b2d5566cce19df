using System.Threading.Channels;
using Chat.Data.Events;
using Chat.Data.Messages;
using Chat.Data.Recounts;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Chat.Data.Clicks;

/// <summary>
/// Commits reactions and votes in groups, as <see cref="MessageWriter"/> does messages: one loop takes whatever is queued and commits it
/// in one round trip, so that a storm of clicks on one message costs one commit for many of them. It never waits for company, and takes
/// no conversation's lock, so that it holds up no message. What is acknowledged is committed; a click made twice counts once.
/// </summary>
public sealed partial class ClickWriter
{
    public const int MaxBatch = 200;

    /// <summary>How many clicks may wait: some tenths of a second's work.</summary>
    public const int Capacity = 4096;

    /// <summary>How long a click may wait for its commit before the user is told to try again.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan BatchTimeout = TimeSpan.FromSeconds(5);

    /// <summary>Short, for all that is in the batch waits.</summary>
    private static readonly TimeSpan LockTimeout = TimeSpan.FromSeconds(0.5);

    /// <summary>How many are committed on their own at a time, each on a connection, after their batch did not get a lock.</summary>
    private const int AloneAtOnce = 8;

    private readonly Channel<PendingClick> _queue = Channel.CreateBounded<PendingClick>(
        new BoundedChannelOptions(Capacity) { SingleReader = true });

    private readonly NpgsqlDataSource _database;
    private readonly EventPublisher _events;
    private readonly TimeProvider _time;
    private readonly ILogger<ClickWriter> _log;

    public ClickWriter(NpgsqlDataSource database, EventPublisher events, TimeProvider time, ILogger<ClickWriter> log)
    {
        (_database, _events, _time, _log) = (database, events, time, log);
        ClickMetrics.WatchQueue(() => _queue.Reader.Count);
    }

    /// <summary>
    /// Queues a click and waits for its commit, at most a little more than ten seconds. Cannot be cancelled: the caller has to know, so
    /// as to tell the user's other devices.
    /// </summary>
    /// <exception cref="PostgresException">The database refuses this very click.</exception>
    public Task<ClickOutcome> ClickAsync(Click click)
    {
        var pending = new PendingClick(click);
        if (_queue.Writer.TryWrite(pending))
        {
            return pending.Outcome;
        }

        ClickMetrics.Answered503("full");
        return Task.FromResult<ClickOutcome>(new ClickOutcome.Busy());
    }

    /// <summary>Commits until <see cref="Complete"/> was called and the queue is empty.</summary>
    public async Task RunAsync()
    {
        var (batch, targets) = (new List<PendingClick>(MaxBatch), new HashSet<(bool, Guid, long, Guid)>());
        while (await _queue.Reader.WaitToReadAsync())
        {
            // Of one target one click at a time: the next one begins the next batch.
            while (batch.Count < MaxBatch && _queue.Reader.TryPeek(out var next) && targets.Add(next.Target))
            {
                _queue.Reader.TryRead(out _);
                batch.Add(next);
            }

            await SettleAsync([.. batch]);
            batch.Clear();
            targets.Clear();
        }
    }

    /// <summary>Takes no more clicks; those already queued are committed.</summary>
    public void Complete() => _queue.Writer.TryComplete();

    /// <summary>Runs a batch until each of its clicks has its outcome.</summary>
    private async Task SettleAsync(PendingClick[] batch)
    {
        for (var failures = 0; (batch = GiveUpOld(batch)).Length > 0; failures++)
        {
            try
            {
                await CommitAsync(batch);
                return;
            }
            catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.LockNotAvailable)
            {
                LogRetry(_log, batch.Length, e);
                ClickMetrics.Failed(WriterFailure.Name(e));
                await AloneAsync(batch);
                return;
            }
            catch (Exception e) when (WriterFailure.IsTransient(e))
            {
                // Whether it was committed is not known, or it cannot be now: running it again is right in both cases.
                LogRetry(_log, batch.Length, e);
                ClickMetrics.Failed(WriterFailure.Name(e));
                // A database that is away is asked again with growing, jittered pauses.
                await Task.Delay(RetryPause.After(failures), _time);
            }
            catch (Exception e) when (batch.Length > 1)
            {
                LogRetry(_log, batch.Length, e);
                ClickMetrics.Failed(WriterFailure.Name(e));
                await SettleAsync(batch[..(batch.Length / 2)]);
                batch = batch[(batch.Length / 2)..];
            }
            catch (Exception e)
            {
                batch[0].Fail(e);
                return;
            }
        }
    }

    /// <summary>Somebody holds a lock that one of them needs, and it is not said which: so the others do not wait for it.</summary>
    private async Task AloneAsync(PendingClick[] batch)
    {
        if (batch is [var held])
        {
            ClickMetrics.Answered503("held");
            held.Complete(new ClickOutcome.Busy());
            return;
        }

        await Parallel.ForEachAsync(
            batch, new ParallelOptions { MaxDegreeOfParallelism = AloneAtOnce }, async (one, _) => await SettleAsync([one]));
    }

    private async Task CommitAsync(PendingClick[] batch)
    {
        using var span = ClickMetrics.StartSpan(batch);
        var outcomes = await WriteClicks.RunAsync(_database, [.. batch.Select(p => p.Click)], LockTimeout, BatchTimeout, CancellationToken.None);
        ClickMetrics.Committed(batch.Length);
        if (outcomes.Any(outcome => outcome is ClickOutcome.Settled { OwnRev: not null }))
        {
            // Once for all of them; not awaited, for the worker looks by itself as well.
            _ = _events.RingAsync(RecountMessages.Doorbell);
        }

        for (var i = 0; i < batch.Length; i++)
        {
            batch[i].Complete(outcomes[i]);
        }
    }

    private static PendingClick[] GiveUpOld(PendingClick[] batch)
    {
        foreach (var old in batch.Where(p => p.Waiting > Patience))
        {
            ClickMetrics.Answered503("unknown");
            old.Complete(new ClickOutcome.Unknown());
        }

        return [.. batch.Where(p => !p.Outcome.IsCompleted)];
    }

    [LoggerMessage(LogLevel.Warning, "A batch of {Count} reactions and votes will be run again, as it is or in parts")]
    private static partial void LogRetry(ILogger logger, int count, Exception exception);
}
