namespace Chat.LoadTests.Ledgers;

/// <summary>The messages of one conversation: which were acknowledged, which the database has. Any number of threads may add.</summary>
internal sealed class ConversationBook(LedgerConversation conversation)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<long, Guid> _acknowledged = [];
    private readonly Dictionary<long, Guid> _stored = [];

    public LedgerConversation Conversation => conversation;

    /// <summary>Deliveries that are due by what was acknowledged so far.</summary>
    public long DueSoFar
    {
        get
        {
            lock (_gate)
            {
                return (long)_acknowledged.Count * conversation.Recipients.Count;
            }
        }
    }

    /// <returns>False where the seq was given to another message before. The same message may be acknowledged twice: its send was repeated.</returns>
    public bool Acknowledge(long seq, Guid clientId)
    {
        lock (_gate)
        {
            return _acknowledged.TryAdd(seq, clientId) || _acknowledged[seq] == clientId;
        }
    }

    public void Store(long seq, Guid clientId) => _stored.Add(seq, clientId);

    public IReadOnlyCollection<KeyValuePair<long, Guid>> Acknowledged()
    {
        lock (_gate)
        {
            return [.. _acknowledged];
        }
    }

    public IReadOnlyDictionary<long, Guid> Stored => _stored;
}
