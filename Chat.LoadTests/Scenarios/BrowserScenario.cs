using Chat.LoadTests.Measuring;
using Chat.LoadTests.Results;
using Chat.LoadTests.Scenarios.Workloads;
using static Chat.LoadTests.Scenarios.CommonBars;

namespace Chat.LoadTests.Scenarios;

/// <summary>What people see: the web client in a browser. <see cref="ScenarioTable"/> has it with the others.</summary>
internal static class BrowserScenario
{
    public static Scenario Browser { get; } = new(
        "browser", "One at a browser opens a conversation of 100,000 messages, scrolls through 5,000, and writes while 100 messages a second come")
    {
        Prepare = BrowserWorkload.CreateAsync,
        Messages = 100_000,
        Phases =
        [
            new("warm-up", Seconds(5), 1) { Think = ThinkTime.None, WarmUp = true },
            new(BrowserWorkload.Open, Seconds(20), 1) { Think = ThinkTime.FromSeconds(0.5, 1), IsMain = true },
            new(BrowserWorkload.Scroll, Seconds(1), 1) { Think = ThinkTime.None },
            new(BrowserWorkload.Burst, Seconds(30), 1) { Think = ThinkTime.FromSeconds(0.08, 0.16), Beside = new() { [BrowserWorkload.Sends] = 100 } },
        ],
        Bars =
        [
            new("LCP with nothing in the cache, ms", r => Of(r, BrowserWorkload.Open)?.LcpMs, 1_000, Strict: true),
            new("KB of files at the first load", r => Of(r, BrowserWorkload.Open)?.FilesKb, 200, Strict: true),
            new("messages scrolled past", r => Of(r, BrowserWorkload.Scroll)?.Scrolled, 5_000, AtLeast: true),
            new("scrolling, frames a second", r => Of(r, BrowserWorkload.Scroll)?.Fps, 50, AtLeast: true),
            new("elements in the page", r => r.Phases.Max(phase => phase.Browser?.DomNodes), 2_000, Strict: true),
            new("MB of JavaScript's memory", r => r.Phases.Max(phase => phase.Browser?.HeapMb), 60, Strict: true),
            new("burst: input delay p95, ms", r => Of(r, BrowserWorkload.Burst)?.InputDelayMs?.P95, 100, Strict: true),
            // What web.dev calls good of "interaction to next paint".
            new("burst: from a key to the frame after it, p95, ms", r => Of(r, BrowserWorkload.Burst)?.InputToPaintMs?.P95, 200),
            NoErrors(BrowserWorkload.Open), NoErrors(BrowserWorkload.Scroll), NoErrors(BrowserWorkload.Burst),
            new("burst: messages not accepted", r => r.Phase(BrowserWorkload.Burst)?.Beside?[BrowserWorkload.Sends] is { } sends ? sends.Errors + sends.Dropped : null, 0),
        ],
        Earlier = "not virtualised: unusable at 150 messages on screen; LCP < 2.5 s, 8,000 to 20,000 nodes and 60 to 150 MB were accepted at 50 to 150",
    };

    private static BrowserResult? Of(RunResult result, string phase) => result.Phase(phase)?.Browser;
}
