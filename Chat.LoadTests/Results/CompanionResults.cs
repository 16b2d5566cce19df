namespace Chat.LoadTests.Results;

/// <param name="Open">At the phase's end.</param>
/// <param name="Failed">That could not be opened, since the run began.</param>
/// <param name="Dropped">That ended without having been asked to, since the run began; some may have come back.</param>
/// <param name="ConnectMs">From the connect of TCP until pushes come in, of all so far.</param>
/// <param name="KbEach">Memory of the realtime service (10³ bytes) beyond what it had before the first socket, for each that is open.</param>
internal sealed record SocketsResult(int Open, long Failed, long Dropped, Latencies? ConnectMs, double? KbEach);

/// <param name="Count">Clients that read nothing.</param>
/// <param name="Closed">Of them, those whose connection the server closed.</param>
/// <param name="LastAfterS">Seconds from the handshake to the end of the last of them; null: one of them was not closed.</param>
internal sealed record SilentResult(int Count, int Closed, double? LastAfterS);

/// <param name="Lost">Sockets that a process took with it.</param>
/// <param name="Returned">Of them, those that came back and asked for what they had missed.</param>
/// <param name="FailedAttempts">To come back, by reason; each was followed by another.</param>
/// <param name="WholeAfterS">Seconds until the last was whole; null: not all are.</param>
/// <param name="ReturnMs">From the loss until whole, of each.</param>
internal sealed record StormResult(int Lost, long Returned, IReadOnlyDictionary<string, long> FailedAttempts, double? WholeAfterS, Latencies? ReturnMs);

/// <param name="FromMb">Memory (10⁶ bytes), the median of the phase's second fifth.</param>
/// <param name="ToMb">The median of its last fifth.</param>
/// <param name="FromHandles">Open files and sockets, likewise.</param>
/// <param name="ToHandles">Likewise.</param>
internal sealed record GrowthResult(double FromMb, double ToMb, int FromHandles, int ToHandles)
{
    /// <summary>Memory when the phase began, and the most that was seen in it.</summary>
    public double BeforeMb { get; init; }

    public double MostMb { get; init; }
}
