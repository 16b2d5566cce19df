namespace Chat.LoadTests.Limits;

/// <summary>
/// Something far simpler than Chat that this machine does as fast as it can: what a result is to be compared with. Measured in the
/// same run as the result, because machines differ from hour to hour.
/// </summary>
internal interface ILimit
{
    /// <summary>By which scenarios and results know it.</summary>
    string Name { get; }

    /// <summary>Whether it is measured on a store of what is under load; else it brings what it needs.</summary>
    bool NeedsStack { get; }

    /// <summary>
    /// Takes about <see cref="LimitContext.WarmUp"/> and <see cref="LimitContext.Duration"/>, and leaves nothing behind: no process,
    /// table or file, also when it is cancelled.
    /// </summary>
    Task<LimitResult> MeasureAsync(LimitContext context, CancellationToken cancellationToken);
}
