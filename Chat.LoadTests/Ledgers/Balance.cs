namespace Chat.LoadTests.Ledgers;

/// <summary>Compares, conversation by conversation, what was acknowledged, what the database has and what each recipient got.</summary>
internal sealed class Balance(Mishaps mishaps)
{
    private const int SeqsInWords = 5;

    public long Due { get; private set; }

    public long Received { get; private set; }

    /// <param name="againstDatabase">Whether the book knows what the database has; else what was acknowledged is due.</param>
    public void Add(ConversationBook book, IReadOnlyList<(int Recipient, DeliveryTrack Track)> tracks, bool againstDatabase)
    {
        var conversation = book.Conversation.Id;
        KeyValuePair<long, Guid>[] committed = [.. (againstDatabase ? book.Stored : book.Acknowledged()).OrderBy(m => m.Key)];
        if (againstDatabase)
        {
            CompareAcknowledged(book);
            CompareRows(book.Conversation, committed);
        }

        foreach (var (recipient, track) in tracks)
        {
            Due += committed.Length;
            long[] missing = [.. committed.Where(m => !track.Has(m.Key)).Select(m => m.Key)];
            Received += committed.Length - missing.Length;
            if (missing.Length > 0)
            {
                mishaps.Add(Mishap.Lost, () => $"recipient {recipient} never got {List(missing)} of conversation {conversation}", missing.Length);
            }

            if (againstDatabase)
            {
                ComparePushes(conversation, recipient, track, book.Stored, committed.Length - missing.Length);
            }
        }
    }

    private void CompareAcknowledged(ConversationBook book)
    {
        foreach (var (seq, clientId) in book.Acknowledged())
        {
            if (!book.Stored.TryGetValue(seq, out var stored))
            {
                Wrong($"seq {seq} of conversation {book.Conversation.Id} was acknowledged, and is not in the database");
            }
            else if (stored != clientId)
            {
                Wrong($"seq {seq} of conversation {book.Conversation.Id} was acknowledged for {clientId}, and in the database it is {stored}");
            }
        }
    }

    /// <summary>Each seq from the first on, each message once.</summary>
    private void CompareRows(LedgerConversation conversation, KeyValuePair<long, Guid>[] rows)
    {
        var known = new HashSet<Guid>(rows.Length);
        var previous = conversation.LastSeq;
        foreach (var (seq, clientId) in rows)
        {
            if (seq != previous + 1)
            {
                Wrong($"the database has seq {seq} of conversation {conversation.Id} and not {previous + 1}");
            }

            if (!known.Add(clientId))
            {
                Wrong($"the database has {clientId} twice in conversation {conversation.Id}, again as seq {seq}");
            }

            previous = seq;
        }
    }

    private void ComparePushes(Guid conversation, int recipient, DeliveryTrack track, IReadOnlyDictionary<long, Guid> stored, long received)
    {
        if (track.Received > received)
        {
            long[] unknown = [.. track.Seqs().Where(seq => !stored.ContainsKey(seq))];
            mishaps.Add(
                Mishap.Wrong, () => $"recipient {recipient} got {List(unknown)} of conversation {conversation}, not in the database", unknown.Length);
            return;
        }

        ulong sum = 0;
        foreach (var (seq, clientId) in stored)
        {
            sum += track.Has(seq) ? Digest.Of(seq, clientId) : 0;
        }

        if (sum != track.Sum)
        {
            Wrong($"recipient {recipient} got another message of conversation {conversation} than the database has under its seq");
        }
    }

    private void Wrong(string words) => mishaps.Add(Mishap.Wrong, () => words);

    private static string List(long[] seqs) =>
        string.Join(", ", seqs.Take(SeqsInWords)) + (seqs.Length > SeqsInWords ? $" and {seqs.Length - SeqsInWords} more" : "");
}
