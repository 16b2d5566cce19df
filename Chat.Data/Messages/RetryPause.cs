namespace Chat.Data.Messages;

/// <summary>How long the writer leaves a database alone that has just failed: there is nothing to wait for but time.</summary>
internal static class RetryPause
{
    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan Longest = TimeSpan.FromMilliseconds(500);

    /// <summary>From half to all of a pause that doubles, so that replicas that failed together do not come back together.</summary>
    /// <param name="failures">How many there were before, from 0.</param>
    public static TimeSpan After(int failures) =>
        First * Math.Min(Math.Pow(2, failures), Longest / First) * (0.5 + (Random.Shared.NextDouble() / 2));
}
