namespace Chat.Contracts.Operations;

/// <summary>What the database has measured of one kind of statement since its statistics began.</summary>
/// <param name="Name">Our name of the statement; null for one of somebody else's making.</param>
/// <param name="Query">Its text, with parameters in place of values, cut off at 1,000 characters.</param>
/// <param name="Calls">How often it was executed.</param>
/// <param name="MeanMs">Mean execution time in the server, in milliseconds.</param>
/// <param name="MaxMs">The longest execution, in milliseconds.</param>
/// <param name="Rows">Rows returned or changed, in total.</param>
/// <param name="CacheHitRatio">Blocks found in memory, of all blocks read: 0 to 1; null when it read none.</param>
public sealed record StatementStatistics(
    string? Name, string Query, long Calls, double MeanMs, double MaxMs, long Rows, double? CacheHitRatio);

/// <param name="Items">The statements that took the most time in total, the costliest first.</param>
public sealed record StatementList(IReadOnlyList<StatementStatistics> Items);
