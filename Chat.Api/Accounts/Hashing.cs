namespace Chat.Api.Accounts;

/// <summary>
/// Where passwords are hashed: in threads of their own. A hash takes a core for a tenth of a second, and the pool has as few threads as there are
/// cores: in one of those all other requests would wait for it, where now the operating system shares the cores among them.
/// </summary>
internal static class Hashing
{
    /// <summary>More at once would take no less time.</summary>
    private static readonly SemaphoreSlim Turns = new(Environment.ProcessorCount);

    /// <param name="hash">What takes long.</param>
    /// <param name="cancellationToken">Ends the wait for a turn; a hash that has begun is finished.</param>
    public static async Task<T> RunAsync<T>(Func<T> hash, CancellationToken cancellationToken)
    {
        await Turns.WaitAsync(cancellationToken);
        try
        {
            return await Task.Factory.StartNew(
                hash, CancellationToken.None, TaskCreationOptions.LongRunning | TaskCreationOptions.DenyChildAttach, TaskScheduler.Default);
        }
        finally
        {
            Turns.Release();
        }
    }
}
