using Chat.LoadTests.Limits.Programs;
using Microsoft.Playwright;

namespace Chat.LoadTests.Browsers;

/// <summary>The system's Chromium, without a window.</summary>
internal static class Chromium
{
    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome"];

    /// <exception cref="CannotRunException">There is none.</exception>
    public static async Task<(IPlaywright Driver, IBrowser Browser)> StartAsync()
    {
        var program = Names.Select(name => InstalledPrograms.Find(name)).FirstOrDefault(path => path is not null)
            ?? throw new CannotRunException("This scenario needs a browser: apt-get install chromium.");
        var driver = await Playwright.CreateAsync();
        return (driver, await driver.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = program,

            // Memory is told to the byte, and garbage can be collected before it is read.
            Args = ["--disable-dev-shm-usage", "--disable-gpu", "--enable-precise-memory-info", "--js-flags=--expose-gc"],
        }));
    }
}
