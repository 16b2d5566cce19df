using Microsoft.Playwright;

namespace Chat.Tests.Browser;

/// <summary>One browser for all tests, the system's own. Each visitor has a context in it, which shares nothing with the others'.</summary>
internal static class Chromium
{
    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome"];
    private static readonly Lazy<Task<IBrowser>> Started = new(StartAsync);

    public static Task<IBrowser> BrowserAsync => Started.Value;

    /// <summary>It ends with the driver, which ends when the tests' process does.</summary>
    private static async Task<IBrowser> StartAsync()
    {
        var playwright = await Playwright.CreateAsync();
        return await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = Find(),
            Args = ["--disable-dev-shm-usage", "--disable-gpu"],
        });
    }

    private static string Find()
    {
        var folders = Environment.GetEnvironmentVariable("PATH")!.Split(Path.PathSeparator);
        return Names.SelectMany(name => folders.Select(folder => Path.Combine(folder, name))).FirstOrDefault(File.Exists)
            ?? throw new FileNotFoundException("Chromium is not installed. ./test.sh installs it; by hand: apt-get install chromium.");
    }
}
