namespace Chat.LoadTests.Commands;

/// <summary>How a command ends: by its own exit code, or with 1 after saying in a sentence why it could not run.</summary>
internal static class Outcome
{
    public const int CouldNotRun = 1;

    public static Task<int> OfAsync(Func<Task> run) => OfAsync(async () =>
    {
        await run();
        return 0;
    });

    public static async Task<int> OfAsync(Func<Task<int>> run)
    {
        try
        {
            return await run();
        }
        catch (CannotRunException e)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return CouldNotRun;
        }
        catch (OperationCanceledException)
        {
            await Console.Error.WriteLineAsync("Ended before it was done.");
            return CouldNotRun;
        }
    }
}
