using System.Diagnostics;
using Chat.LoadTests.Measuring;
using Chat.LoadTests.Sockets;

namespace Chat.LoadTests.Ledgers;

/// <summary>
/// Who was to get what, and who got it. Senders tell it what was acknowledged, sockets what arrived; in the end it says what was lost,
/// doubled, reordered or late, and whether the database agrees. A recipient whose socket was dropped goes on being due.
/// </summary>
internal sealed class DeliveryLedger
{
    private readonly TimeSpan _lateAfter;
    private readonly Dictionary<Guid, ConversationBook> _books;
    private readonly Dictionary<Guid, DeliveryTrack>[] _tracks;
    private readonly Mishaps _mishaps = new();
    private Histogram _latency = new();
    private long _measuredFrom;

    /// <param name="conversations">All that are watched, each once; others' messages are ignored.</param>
    /// <param name="lateAfter">A push that takes longer, from when the sending was due, is late; null: 1 s.</param>
    public DeliveryLedger(IReadOnlyCollection<LedgerConversation> conversations, TimeSpan? lateAfter = null)
    {
        Conversations = conversations;
        _lateAfter = lateAfter ?? TimeSpan.FromSeconds(1);
        _books = conversations.ToDictionary(c => c.Id, c => new ConversationBook(c));
        _tracks = new Dictionary<Guid, DeliveryTrack>[conversations.SelectMany(c => c.Recipients).DefaultIfEmpty(-1).Max() + 1];
        foreach (var conversation in conversations)
        {
            foreach (var recipient in conversation.Recipients)
            {
                (_tracks[recipient] ??= []).Add(conversation.Id, new DeliveryTrack(conversation.LastSeq));
            }
        }
    }

    public IReadOnlyCollection<LedgerConversation> Conversations { get; }

    /// <summary>From when a sending was due (<see cref="SendStamp"/>) to when each push of it had been read.</summary>
    public Histogram Latency => Volatile.Read(ref _latency);

    /// <summary>How many pushes were late, of those that are timed.</summary>
    public long Late => _mishaps[Mishap.Late];

    /// <summary>Times from now on only what is due from this moment, and forgets the times so far: they were warm-up.</summary>
    public void MeasureFrom(long timestamp)
    {
        Volatile.Write(ref _measuredFrom, timestamp);
        Volatile.Write(ref _latency, new Histogram());
        _mishaps.Clear(Mishap.Late);
    }

    /// <summary>A send was answered with 201. Any thread.</summary>
    public void Acknowledged(Guid conversation, long seq, Guid clientId)
    {
        if (!_books[conversation].Acknowledge(seq, clientId))
        {
            _mishaps.Add(Mishap.Wrong, () => $"seq {seq} of conversation {conversation} was acknowledged for two messages");
        }
    }

    /// <summary>A push arrived. One thread at a time for each recipient, any for different ones; takes no lock.</summary>
    public void Received(int recipient, in Push push, long receivedAt)
    {
        if (push.Kind != PushKind.MessageSent)
        {
            return;
        }

        if ((uint)recipient >= _tracks.Length || _tracks[recipient]?.TryGetValue(push.ConversationId, out var track) is not true)
        {
            Misdirected(recipient, push.ConversationId, push.Seq);
            return;
        }

        var arrival = track.Add(push.Seq, push.ClientId);
        if (arrival is > Arrival.First and not Arrival.Known)
        {
            Irregular(arrival, recipient, push.ConversationId, push.Seq);
        }

        if (arrival <= Arrival.Reordered && SendStamp.TryRead(push.ClientId, out var due) && due >= Volatile.Read(ref _measuredFrom))
        {
            var latency = Stopwatch.GetElapsedTime(due, receivedAt);
            Latency.Record(latency);
            if (latency > _lateAfter)
            {
                TooLate(latency, recipient, push.ConversationId, push.Seq);
            }
        }
    }

    /// <summary>A recipient got a message by asking for what it had missed. The same thread as that of its pushes.</summary>
    public void Asked(int recipient, Guid conversation, long seq, Guid clientId)
    {
        if (_tracks[recipient]?.TryGetValue(conversation, out var track) == true)
        {
            track.AddAsked(seq, clientId);
        }
    }

    /// <summary>Waits until all that was acknowledged has arrived everywhere, or nothing more comes.</summary>
    /// <param name="quiet">So long nothing came: nothing will.</param>
    /// <param name="atMost">Waits no longer, even if more comes.</param>
    /// <returns>Whether all arrived.</returns>
    public async Task<bool> WaitForQuietAsync(TimeSpan quiet, TimeSpan atMost, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        var started = Stopwatch.GetTimestamp();
        var (received, lastCame) = (-1L, started);
        while (true)
        {
            var now = Stopwatch.GetTimestamp();
            var soFar = _tracks.Sum(t => t?.Values.Sum(track => track.Received) ?? 0);
            if (soFar >= _books.Values.Sum(b => b.DueSoFar) && HasAll())
            {
                return true;
            }

            (received, lastCame) = soFar == received ? (received, lastCame) : (soFar, now);
            if (Stopwatch.GetElapsedTime(lastCame, now) > quiet || Stopwatch.GetElapsedTime(started, now) > atMost)
            {
                return false;
            }

            await timer.WaitForNextTickAsync(cancellationToken);
        }
    }

    /// <summary>The balance, once, when nothing comes any more.</summary>
    /// <param name="rows">What the database has (<see cref="DatabaseRows"/>): then that is what is due. Null: what was acknowledged is.</param>
    public async Task<Settlement> SettleAsync(IAsyncEnumerable<DatabaseRow>? rows, CancellationToken cancellationToken)
    {
        if (rows is not null)
        {
            await foreach (var row in rows.WithCancellation(cancellationToken))
            {
                _books[row.ConversationId].Store(row.Seq, row.ClientId);
            }
        }

        var balance = new Balance(_mishaps);
        foreach (var book in _books.Values)
        {
            balance.Add(book, [.. book.Conversation.Recipients.Select(r => (r, _tracks[r][book.Conversation.Id]))], rows is not null);
        }

        return new Settlement(
            balance.Due, balance.Received, _mishaps[Mishap.Lost], _mishaps[Mishap.Doubled], _mishaps[Mishap.Reordered],
            _mishaps[Mishap.Late], _mishaps[Mishap.Wrong], _mishaps.Words);
    }

    private bool HasAll() => _books.Values.All(book =>
        book.Acknowledged() is var messages
        && book.Conversation.Recipients.All(r => _tracks[r][book.Conversation.Id] is var track && messages.All(m => track.Has(m.Key))));

    // Apart from the way that nearly all pushes take, which allocates nothing.
    private void Irregular(Arrival arrival, int recipient, Guid conversation, long seq)
    {
        var push = new Words(recipient, conversation, seq);
        switch (arrival)
        {
            case Arrival.Doubled:
                _mishaps.Add(Mishap.Doubled, () => $"{push} again");
                break;
            case Arrival.Reordered:
                _mishaps.Add(Mishap.Reordered, () => $"{push} after a later one");
                break;
            case Arrival.Absurd:
                _mishaps.Add(Mishap.Wrong, () => $"{push}, which cannot have as many");
                break;
        }
    }

    private void TooLate(TimeSpan latency, int recipient, Guid conversation, long seq) =>
        _mishaps.Add(Mishap.Late, () => $"{new Words(recipient, conversation, seq)} after {latency.TotalMilliseconds:0} ms");

    private void Misdirected(int recipient, Guid conversation, long seq)
    {
        if (_books.ContainsKey(conversation))
        {
            _mishaps.Add(Mishap.Wrong, () => $"{new Words(recipient, conversation, seq)}, of which they are no recipient");
        }
    }

    private readonly record struct Words(int Recipient, Guid Conversation, long Seq)
    {
        public override string ToString() => $"recipient {Recipient} got {Seq} of conversation {Conversation}";
    }
}
