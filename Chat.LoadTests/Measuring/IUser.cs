namespace Chat.LoadTests.Measuring;

/// <summary>One who calls the system, one call after another. Not asked to act again before the last act is over.</summary>
internal interface IUser : IDisposable
{
    /// <summary>
    /// Does one thing, by one or several calls, and records what came of each. Failures of the system under load are recorded, not thrown.
    /// </summary>
    /// <param name="due">When it was to begin, as a timestamp of <see cref="System.Diagnostics.Stopwatch"/>; the first call's latency counts from there.</param>
    /// <param name="recorder">Takes what came of the calls.</param>
    /// <param name="stop">The run is being broken off: what is under way may be abandoned, unrecorded.</param>
    Task ActAsync(long due, Recorder recorder, CancellationToken stop);
}
