namespace Chat.LoadTests.Ledgers;

/// <summary>How a push stands to those that the recipient got before it.</summary>
internal enum Arrival
{
    First,
    Reordered,
    Doubled,

    /// <summary>Sent before the watch began, and none of its business.</summary>
    Earlier,

    /// <summary>Of a seq that no conversation reaches.</summary>
    Absurd,

    /// <summary>Got before by asking for it: as the client was told to, on its return.</summary>
    Known,
}

/// <summary>
/// What one recipient got of one conversation: a bit for each seq. Only the recipient's socket writes, so there is no lock; who reads
/// meanwhile sees what was there a moment ago.
/// </summary>
internal sealed class DeliveryTrack(long lastSeq)
{
    /// <summary>Messages of one conversation in one run; a seq beyond is no reason to ask for memory.</summary>
    private const long Most = 1L << 26;

    private ulong[] _seen = new ulong[1];
    private HashSet<long>? _asked;
    private long _highest;
    private long _received;

    /// <summary>Different messages.</summary>
    public long Received => Volatile.Read(ref _received);

    /// <summary>A sum over what was received (<see cref="Digest.Of"/>), for comparison with the sum over the database's rows.</summary>
    public ulong Sum { get; private set; }

    public Arrival Add(long seq, Guid clientId)
    {
        var index = seq - lastSeq - 1;
        if (index is < 0 or >= Most)
        {
            return index < 0 ? Arrival.Earlier : Arrival.Absurd;
        }

        if (index >> 6 >= _seen.Length)
        {
            Array.Resize(ref _seen, (int)Math.Max(_seen.Length * 2, (index >> 6) + 1));
        }

        ref var word = ref _seen[index >> 6];
        var bit = 1UL << (int)(index & 63);
        if ((word & bit) != 0)
        {
            return _asked?.Remove(seq) == true ? Arrival.Known : Arrival.Doubled;
        }

        word |= bit;
        Sum += Digest.Of(seq, clientId);
        Volatile.Write(ref _received, _received + 1);
        var overtaken = seq < _highest;
        _highest = Math.Max(_highest, seq);
        return overtaken ? Arrival.Reordered : Arrival.First;
    }

    /// <summary>A message of an answer, not of a push: it may be held already, and its push may still come.</summary>
    public void AddAsked(long seq, Guid clientId)
    {
        if (!Has(seq) && Add(seq, clientId) <= Arrival.Reordered)
        {
            (_asked ??= []).Add(seq);
        }
    }

    public bool Has(long seq)
    {
        var (seen, index) = (Volatile.Read(ref _seen), seq - lastSeq - 1);
        return index >= 0 && index >> 6 < seen.Length && (seen[index >> 6] & (1UL << (int)(index & 63))) != 0;
    }

    /// <summary>All that was received, in the order of seq.</summary>
    public IEnumerable<long> Seqs()
    {
        for (var seq = lastSeq + 1; seq <= _highest; seq++)
        {
            if (Has(seq))
            {
                yield return seq;
            }
        }
    }
}
