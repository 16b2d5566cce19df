namespace Chat.Data.Compaction;

/// <summary>How much of a stream of changes is kept.</summary>
/// <param name="KeepRevs">The latest so many revs at most. A token from before them is gone.</param>
/// <param name="KeepFor">
/// A rev is kept for so long at least, and at most for twice as long: changes carry no time, so the worker remembers a stream's last rev,
/// and one such mark at a time.
/// </param>
/// <param name="Worthwhile">A stream is scanned for superseded rows when there may be so many, and a tenth of its rows.</param>
/// <param name="Every">How often a stream is looked after.</param>
public sealed record CompactionBounds(long KeepRevs, TimeSpan KeepFor, long Worthwhile, TimeSpan Every);
