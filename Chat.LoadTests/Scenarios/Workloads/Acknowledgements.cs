namespace Chat.LoadTests.Scenarios.Workloads;

/// <summary>How many messages were acknowledged, and up to which.</summary>
internal sealed class Acknowledgements
{
    private long _count;
    private long _lastSeq;

    public long Count => Interlocked.Read(ref _count);

    /// <summary>Of several senders' that come together, one of the last.</summary>
    public long LastSeq => Interlocked.Read(ref _lastSeq);

    public void Add(long seq)
    {
        Interlocked.Increment(ref _count);
        Interlocked.Exchange(ref _lastSeq, seq);
    }
}
