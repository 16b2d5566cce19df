namespace Chat.LoadTests.Sockets;

/// <summary>
/// What becomes of sockets that end without having been asked to: they come back as clients do (docs/realtime.md, "A client"), each after
/// a pause of its own, to the next node, and ask there for what they have missed.
/// </summary>
/// <param name="Nodes">The realtime nodes, of which a socket tries one after the other.</param>
/// <param name="CatchUp">Asks for what a recipient has missed by the hub's first word; on its own socket pushes come in already.</param>
internal sealed record ReturnPolicy(IReadOnlyList<Uri> Nodes, Func<int, HubWord, CancellationToken, Task> CatchUp)
{
    /// <summary>Over how much time the first attempts are spread, where the server has not said.</summary>
    public TimeSpan Spread { get; init; } = FirstSpread;

    /// <summary>Among how much the first attempts are spread of clients that lost their connection at one moment.</summary>
    public static readonly TimeSpan FirstSpread = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan LongestSpread = TimeSpan.FromSeconds(30);

    /// <summary>The pause before an attempt: anything up to a spread that doubles with each (full jitter).</summary>
    /// <param name="attempt">From 0.</param>
    /// <param name="told">What the server said, which is this client's own share of a spread; null: it has not.</param>
    public TimeSpan Pause(int attempt, TimeSpan? told, Random random)
    {
        if (attempt == 0 && told is { } own)
        {
            return own;
        }

        var most = Spread * Math.Pow(2, Math.Min(attempt, 10));
        return (most < LongestSpread ? most : LongestSpread) * random.NextDouble();
    }

    /// <param name="lost">The node that is gone: tried last.</param>
    /// <param name="attempt">From 0.</param>
    public Uri NodeAfter(Uri lost, int attempt) => Nodes[(Enumerable.Range(0, Nodes.Count).First(n => Nodes[n] == lost) + 1 + attempt) % Nodes.Count];
}
