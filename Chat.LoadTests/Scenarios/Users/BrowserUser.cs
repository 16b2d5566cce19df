using Chat.LoadTests.Measuring;
using Microsoft.Playwright;

namespace Chat.LoadTests.Scenarios.Users;

/// <summary>Somebody at a browser.</summary>
/// <param name="act">What they do next.</param>
internal sealed class BrowserUser(Func<Task> act, string endpoint) : IUser
{
    public async Task ActAsync(long due, Recorder recorder, CancellationToken stop)
    {
        try
        {
            await act();
            recorder.Succeeded(endpoint, due, bytes: 0);
        }
        catch (Exception e) when (e is PlaywrightException or TimeoutException)
        {
            recorder.Failed(endpoint, due, e is TimeoutException ? "timeout" : "browser");
        }
    }

    public void Dispose()
    {
    }
}
