using Chat.LoadTests.Sockets;

namespace Chat.LoadTests.Limits.Bare;

/// <summary>Counts what each socket is sent.</summary>
internal sealed class Arrivals(int sockets)
{
    /// <summary>Each count in a cache line of its own: sockets that are read on different cores do not slow each other down.</summary>
    private const int Stride = 8;

    private readonly long[] _counts = new long[sockets * Stride];

    public long Total
    {
        get
        {
            var total = 0L;
            for (var i = 0; i < _counts.Length; i += Stride)
            {
                total += Volatile.Read(ref _counts[i]);
            }

            return total;
        }
    }

    /// <summary>A <see cref="PushHandler"/>: one push at a time of each socket.</summary>
    public void Add(int recipient, in Push push, long receivedAt) =>
        Volatile.Write(ref _counts[recipient * Stride], _counts[recipient * Stride] + 1);
}
