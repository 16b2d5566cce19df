using System.Diagnostics;
using System.Threading.Channels;
using Chat.Data.Events;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Chat.Data.Messages;

/// <summary>
/// Commits messages, and changes of messages, in groups: one loop takes whatever is queued, up to <see cref="MaxBatch"/>, and commits it
/// in one round trip. It never waits for company, so a lone message is committed at once, and under load the groups grow by themselves.
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

    /// <summary>Short, for all that is in the batch waits, and so do other replicas for the locks that it has already.</summary>
    private static readonly TimeSpan SharedLockTimeout = TimeSpan.FromSeconds(0.5);

    private static readonly TimeSpan LoneLockTimeout = TimeSpan.FromSeconds(1);

    /// <summary>How long a message may wait for its conversation's lock: with the first and the last try 3.5 s, well below the 5 s that a client may wait.</summary>
    private static readonly TimeSpan HeldPatience = TimeSpan.FromSeconds(2);

    private readonly Channel<PendingWrite> _queue = Channel.CreateBounded<PendingWrite>(
        new BoundedChannelOptions(Capacity) { SingleReader = true });

    private readonly HeldConversations _held;
    private readonly NpgsqlDataSource _database;
    private readonly CommittedEvents? _events;
    private readonly TimeProvider _time;
    private readonly ILogger<MessageWriter> _log;

    /// <param name="events">Told of each batch once it is committed, in the order of the commits; null: nobody is.</param>
    public MessageWriter(NpgsqlDataSource database, TimeProvider time, ILogger<MessageWriter> log, CommittedEvents? events = null)
    {
        (_database, _time, _log, _events) = (database, time, log, events);
        _held = new HeldConversations(SettleHeldAsync);
        WriterMetrics.WatchQueue(() => _queue.Reader.Count);
    }

    /// <summary>
    /// Queues a message and waits for its commit. Cannot be cancelled: what is queued is committed, and what is committed is
    /// published, though nobody may wait for the answer any more. It takes at most a little more than <see cref="Patience"/>.
    /// </summary>
    /// <exception cref="PostgresException">The database refuses this very message.</exception>
    public Task<SendOutcome> SendAsync(NewMessage message)
    {
        var pending = new PendingMessage(message);
        return TryQueue(pending) ? pending.Outcome : Task.FromResult<SendOutcome>(new SendOutcome.Full());
    }

    /// <summary>Queues a change of a message and waits for its commit, as <see cref="SendAsync"/> does.</summary>
    /// <exception cref="PostgresException">The database refuses this very change.</exception>
    public Task<ChangeOutcome> ChangeAsync(MessageChange change)
    {
        var pending = new PendingChange(change);
        return TryQueue(pending) ? pending.Outcome : Task.FromResult<ChangeOutcome>(new ChangeOutcome.Full());
    }

    /// <summary>Commits until <see cref="Complete"/> was called and the queue is empty.</summary>
    public async Task RunAsync()
    {
        var group = new WriteGroup();
        while (await _queue.Reader.WaitToReadAsync())
        {
            while (_queue.Reader.TryPeek(out var next) && (await _held.TryTakeAsync(next) || group.TryAdd(next)))
            {
                _queue.Reader.TryRead(out _);
            }

            await _held.AddAsync(await SettleAsync(group.Take(), SharedLockTimeout));
        }

        await _held.EndAsync();
    }

    /// <summary>Takes no more messages; those already queued are committed.</summary>
    public void Complete() => _queue.Writer.TryComplete();

    private bool TryQueue(PendingWrite pending)
    {
        var queued = _queue.Writer.TryWrite(pending);
        if (!queued)
        {
            WriterMetrics.Answered503("full");
        }

        return queued;
    }

    private async Task<bool> SettleHeldAsync(PendingWrite[] writes)
    {
        while (await SettleAsync(writes, LoneLockTimeout) is { Length: > 0 } held)
        {
            writes = GiveUpOld(held, HeldPatience, "held");
            if (writes.Length == 0)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Runs a batch until each of its writes has its outcome.</summary>
    /// <returns>Those without one: a lock was not had in time. The database does not say which; the other conversations are free.</returns>
    private async Task<PendingWrite[]> SettleAsync(PendingWrite[] batch, TimeSpan lockTimeout)
    {
        for (var failures = 0; (batch = GiveUpOld(batch, Patience, "unknown")).Length > 0; failures++)
        {
            try
            {
                await CommitAsync(batch, lockTimeout);
                return [];
            }
            catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.LockNotAvailable)
            {
                LogHeld(_log, batch.Length, e);
                WriterMetrics.Failed(WriterFailure.Name(e));
                return batch;
            }
            catch (Exception e) when (WriterFailure.IsTransient(e))
            {
                // Whether it was committed is not known, or it cannot be now: running it again is right in both cases.
                LogRetry(_log, batch.Length, e);
                WriterMetrics.Failed(WriterFailure.Name(e));
                // A database that is away is asked again with growing, jittered pauses.
                await Task.Delay(RetryPause.After(failures), _time);
            }
            catch (Exception e) when (batch.Length > 1)
            {
                LogSplit(_log, batch.Length, e);
                WriterMetrics.Failed(WriterFailure.Name(e));
                var half = batch.Length / 2;
                return [.. await SettleAsync(batch[..half], lockTimeout), .. await SettleAsync(batch[half..], lockTimeout)];
            }
            catch (Exception e)
            {
                batch[0].Fail(e);
                return [];
            }
        }

        return [];
    }

    private async Task CommitAsync(PendingWrite[] batch, TimeSpan lockTimeout)
    {
        using var span = WriterMetrics.StartSpan(batch);
        var started = Stopwatch.GetTimestamp();
        PendingMessage[] sends = [.. batch.OfType<PendingMessage>()];
        PendingChange[] changes = [.. batch.OfType<PendingChange>()];
        var (sent, changed) = await WriteMessages.RunAsync(
            _database, [.. sends.Select(p => p.Message)], [.. changes.Select(p => p.Change)], lockTimeout, BatchTimeout, CancellationToken.None);
        WriterMetrics.Committed(batch.Length, Stopwatch.GetElapsedTime(started));
        _events?.Add(CommittedBatch.Of(sends, sent, changes, changed));
        for (var i = 0; i < sends.Length; i++)
        {
            sends[i].Complete(sent[i]);
        }

        for (var i = 0; i < changes.Length; i++)
        {
            changes[i].Complete(changed[i]);
        }
    }

    private static PendingWrite[] GiveUpOld(PendingWrite[] batch, TimeSpan patience, string reason)
    {
        foreach (var old in batch.Where(p => p.Waiting > patience))
        {
            WriterMetrics.Answered503(reason);
            old.GiveUp();
        }

        return [.. batch.Where(p => !p.IsSettled)];
    }

    [LoggerMessage(LogLevel.Warning, "A batch of {Count} writes will be run again")]
    private static partial void LogRetry(ILogger logger, int count, Exception exception);

    [LoggerMessage(LogLevel.Warning, "A batch of {Count} writes did not get its locks in time")]
    private static partial void LogHeld(ILogger logger, int count, Exception exception);

    [LoggerMessage(LogLevel.Warning, "A batch of {Count} writes failed and will be split")]
    private static partial void LogSplit(ILogger logger, int count, Exception exception);
}
