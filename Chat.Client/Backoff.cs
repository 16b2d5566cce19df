namespace Chat.Client;

/// <summary>
/// Pauses between attempts, spread at random so that those who failed together do not come back together: anything from nothing to a
/// bound that doubles with each attempt ("full jitter": M. Brooker, Exponential Backoff And Jitter, 2015).
/// </summary>
/// <param name="First">The bound of the first pause.</param>
/// <param name="Longest">The bound of all.</param>
public sealed record Backoff(TimeSpan First, TimeSpan Longest)
{
    /// <param name="attempt">From 0.</param>
    public TimeSpan Pause(int attempt)
    {
        var bound = First * Math.Pow(2, Math.Min(attempt, 16));
        return (bound < Longest ? bound : Longest) * Random.Shared.NextDouble();
    }
}
