namespace Chat.LoadTests.Ledgers;

/// <summary>What became of all that was due, after the last push.</summary>
/// <param name="Due">Committed messages, each times the recipients of its conversation.</param>
/// <param name="Received">Of them, those that came, each counted once.</param>
/// <param name="Lost">Of them, those that did not.</param>
/// <param name="Doubled">Pushes of what the recipient had got before.</param>
/// <param name="Reordered">First pushes that came after one of a greater seq. The hub does not promise an order; how far it keeps it is worth knowing.</param>
/// <param name="Late">Pushes that took longer than the ledger's bound, from when the sending was due.</param>
/// <param name="Wrong">Contradictions between what was acknowledged, what was pushed and what the database has.</param>
/// <param name="Examples">The first few of each, in words.</param>
internal sealed record Settlement(
    long Due, long Received, long Lost, long Doubled, long Reordered, long Late, long Wrong, IReadOnlyList<string> Examples)
{
    /// <summary>Whether all came, once, and nothing contradicts it.</summary>
    public bool IsWhole => Lost == 0 && Doubled == 0 && Wrong == 0;
}
