using System.Threading.Channels;
using Npgsql;

namespace Chat.Data.ReadState;

/// <summary>
/// Moves members' cursors in groups, as <see cref="Messages.MessageWriter"/> commits messages, but at a pace: nobody waits for a cursor, and
/// each commit would take its part of the disk from the messages. Of several moves of one member that come together the farthest is
/// written, once, for all of them. One statement at a time, so one connection, however many read. What is acknowledged is committed.
/// </summary>
public sealed class CursorWriter(NpgsqlDataSource database, TimeProvider time)
{
    /// <summary>Members whose cursors one statement moves.</summary>
    public const int MaxBatch = 500;

    /// <summary>Members whose cursors may wait: half a second's work.</summary>
    public const int Capacity = 10_000;

    /// <summary>
    /// The least time between two statements: the first that comes is written at once, and what comes within this together. 40 commits a second
    /// at most, by a process.
    /// </summary>
    public static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(25);

    /// <summary>How long a member's row may be held by others before the reader is told to try again.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly Lock _gate = new();
    private readonly Dictionary<(Guid, Guid), PendingMove> _waiting = [];

    private readonly Channel<bool> _work = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });

    /// <summary>Queues a move and waits for its commit. Not cancelled by who does not wait for it any more, for it may be others' as well.</summary>
    /// <exception cref="NpgsqlException">The database could not be reached, or refused it; it is safe to ask again.</exception>
    public Task<CursorOutcome> MoveAsync(CursorMove move)
    {
        PendingMove? pending;
        lock (_gate)
        {
            if (_waiting.TryGetValue(move.Member, out pending))
            {
                pending.Merge(move);
            }
            else if (_waiting.Count < Capacity)
            {
                _waiting.Add(move.Member, pending = new PendingMove(move));
            }
            else
            {
                return Task.FromResult<CursorOutcome>(new CursorOutcome.Busy());
            }
        }

        _work.Writer.TryWrite(true);
        return pending.Outcome;
    }

    /// <summary>Commits until <see cref="Complete"/> was called and nothing waits any more.</summary>
    public async Task RunAsync()
    {
        await foreach (var _ in _work.Reader.ReadAllAsync())
        {
            await SettleAsync(Take());
            await Task.Delay(Pace, time);
        }

        while (Take() is { Length: > 0 } rest)
        {
            await SettleAsync(rest);
        }
    }

    /// <summary>Takes no more; what waits is committed.</summary>
    public void Complete() => _work.Writer.TryComplete();

    private PendingMove[] Take()
    {
        lock (_gate)
        {
            PendingMove[] batch = [.. _waiting.Values.Take(MaxBatch)];
            Array.ForEach(batch, pending => _waiting.Remove(pending.Move.Member));
            if (_waiting.Count > 0)
            {
                _work.Writer.TryWrite(true);
            }

            return batch;
        }
    }

    private async Task SettleAsync(PendingMove[] batch)
    {
        if (batch.Length == 0)
        {
            return;
        }

        try
        {
            using var span = CursorMetrics.StartSpan(batch);
            var outcomes = await MoveCursors.RunAsync(database, [.. batch.Select(pending => pending.Move)], CancellationToken.None);
            for (var n = 0; n < batch.Length; n++)
            {
                Settle(batch[n], outcomes[n]);
            }
        }
        catch (Exception e)
        {
            Array.ForEach(batch, pending => pending.Fail(e));
        }
    }

    private void Settle(PendingMove pending, CursorOutcome? outcome)
    {
        if (outcome is not null || pending.Waiting > Patience)
        {
            pending.Complete(outcome ?? new CursorOutcome.Busy());
            return;
        }

        lock (_gate)
        {
            if (_waiting.TryGetValue(pending.Move.Member, out var newer))
            {
                newer.Merge(pending.Move);
                pending.Follow(newer);
            }
            else
            {
                _waiting.Add(pending.Move.Member, pending);
            }
        }

        _work.Writer.TryWrite(true);
    }
}
