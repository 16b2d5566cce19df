namespace Chat.LoadTests.Ledgers;

/// <summary>What can go wrong with a push or a message.</summary>
internal enum Mishap
{
    Lost,
    Doubled,
    Reordered,
    Late,
    Wrong,
}

/// <summary>Counts what went wrong, and keeps the first few of each kind in words. Any number of threads may add.</summary>
internal sealed class Mishaps
{
    private const int Examples = 3;
    private readonly long[] _counts = new long[Enum.GetValues<Mishap>().Length];
    private readonly List<string> _words = [];

    public IReadOnlyList<string> Words => _words;

    public long this[Mishap kind] => Interlocked.Read(ref _counts[(int)kind]);

    /// <param name="words">Asked only for the first few.</param>
    /// <param name="count">How many at once.</param>
    public void Add(Mishap kind, Func<string> words, long count = 1)
    {
        if (Interlocked.Add(ref _counts[(int)kind], count) - count < Examples)
        {
            lock (_words)
            {
                _words.Add(words());
            }
        }
    }

    /// <summary>Forgets one kind's count.</summary>
    public void Clear(Mishap kind) => Interlocked.Exchange(ref _counts[(int)kind], 0);
}
