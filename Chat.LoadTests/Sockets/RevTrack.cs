namespace Chat.LoadTests.Sockets;

/// <summary>How far a client holds a conversation's stream without a gap.</summary>
/// <param name="from">The rev that it was loaded at.</param>
internal sealed class RevTrack(long from)
{
    private HashSet<long>? _ahead;
    private long _reached = from;

    /// <summary>Up to here nothing is missing.</summary>
    public long Reached => Volatile.Read(ref _reached);

    public void Add(long rev)
    {
        if (rev != _reached + 1)
        {
            if (rev > _reached)
            {
                (_ahead ??= []).Add(rev);
            }

            return;
        }

        while (_ahead?.Remove(rev + 1) == true)
        {
            rev++;
        }

        Volatile.Write(ref _reached, rev);
    }
}
