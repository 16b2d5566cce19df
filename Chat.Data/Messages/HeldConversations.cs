namespace Chat.Data.Messages;

/// <summary>
/// Conversations whose lock was not had in time: whoever has it may say nothing more until the database takes it away. Each is written on
/// its own until that succeeds, so that nobody else waits for it.
/// </summary>
/// <param name="settle">Runs writes of one conversation until each has its outcome; false: the lock was not had.</param>
internal sealed class HeldConversations(Func<PendingWrite[], Task<bool>> settle)
{
    /// <summary>How many writes may wait for one conversation; who comes then is told to try again.</summary>
    private const int Capacity = MessageWriter.MaxBatch;

    /// <summary>How many conversations there may be: several batches' worth. Beyond, the same.</summary>
    private const int MaxLanes = 5 * MessageWriter.MaxBatch;

    /// <summary>How many are written at once: each takes a connection.</summary>
    private const int AtOnce = 8;

    private readonly Lock _gate = new();
    private readonly Dictionary<Guid, Lane> _lanes = [];
    private readonly SemaphoreSlim _turns = new(AtOnce);

    /// <summary>Adds the conversations of these writes. Not at the same time as <see cref="TryTakeAsync"/>.</summary>
    public async Task AddAsync(IEnumerable<PendingWrite> writes)
    {
        foreach (var write in writes)
        {
            if (!await TryTakeAsync(write))
            {
                Begin(write);
            }
        }
    }

    /// <returns>False: its conversation is not, or no longer, among them.</returns>
    public async ValueTask<bool> TryTakeAsync(PendingWrite write)
    {
        Task ended;
        lock (_gate)
        {
            if (!_lanes.TryGetValue(write.ConversationId, out var lane))
            {
                return false;
            }

            if (!lane.Ends)
            {
                Take(lane, write);
                return true;
            }

            ended = lane.Ended;
        }

        // What came before it is committed before it.
        await ended;
        return false;
    }

    /// <summary>Waits until every write has its outcome.</summary>
    public async Task EndAsync()
    {
        Task[] all;
        lock (_gate)
        {
            all = [.. _lanes.Values.Select(lane => lane.Ended)];
        }

        await Task.WhenAll(all);
    }

    private void Begin(PendingWrite write)
    {
        lock (_gate)
        {
            if (_lanes.Count == MaxLanes)
            {
                Refuse(write);
                return;
            }

            var lane = new Lane(write.ConversationId);
            lane.Waiting.Enqueue(write);
            _lanes.Add(lane.ConversationId, lane);
            lane.Ended = Task.Run(() => RunAsync(lane));
        }
    }

    private async Task RunAsync(Lane lane)
    {
        var written = false;
        while (Next(lane, written) is { Length: > 0 } writes)
        {
            await _turns.WaitAsync();
            try
            {
                written |= await settle(writes);
            }
            finally
            {
                _turns.Release();
            }
        }
    }

    private PendingWrite[] Next(Lane lane, bool written)
    {
        var group = new WriteGroup();
        lock (_gate)
        {
            lane.Ends = written;
            while (lane.Waiting.TryPeek(out var write) && group.TryAdd(write))
            {
                lane.Waiting.Dequeue();
            }

            var writes = group.Take();
            if (writes.Length == 0)
            {
                _lanes.Remove(lane.ConversationId);
            }

            return writes;
        }
    }

    private static void Take(Lane lane, PendingWrite write)
    {
        if (lane.Waiting.Count < Capacity)
        {
            lane.Waiting.Enqueue(write);
        }
        else
        {
            Refuse(write);
        }
    }

    private static void Refuse(PendingWrite write)
    {
        WriterMetrics.Answered503("held");
        write.GiveUp();
    }

    private sealed class Lane(Guid conversationId)
    {
        public Guid ConversationId => conversationId;

        public Queue<PendingWrite> Waiting { get; } = [];

        /// <summary>It was written: no more is taken, so that it comes to an end however much is sent.</summary>
        public bool Ends { get; set; }

        public Task Ended { get; set; } = Task.CompletedTask;
    }
}
