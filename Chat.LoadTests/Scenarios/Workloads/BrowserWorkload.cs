using Chat.LoadTests.Browsers;
using Chat.LoadTests.Measuring;
using Chat.LoadTests.Results;
using Chat.LoadTests.Scenarios.Users;
using Chat.LoadTests.Seeding;
using Microsoft.Playwright;

namespace Chat.LoadTests.Scenarios.Workloads;

/// <summary>One at a browser, and those who write into the conversation that is open there.</summary>
internal sealed class BrowserWorkload : Workload
{
    public const string Open = "open";
    public const string Scroll = "scroll";
    public const string Burst = "burst";
    public const string Sends = "send";

    /// <summary>As fast as a finger on a touchpad moves it: some 80 messages a second.</summary>
    private const int PixelsPerSecond = 6_000;

    private const int ScrollLength = 5_000;
    private const int Senders = 20;

    private readonly Preparation _preparation;
    private readonly TestUsers _people;
    private readonly SeededConversation _conversation;
    private readonly IPlaywright _driver;
    private readonly IBrowser _browser;
    private readonly IReadOnlyList<IUser> _senders;
    private readonly Chosen _chosen;
    private readonly List<double> _paints = [];
    private BrowserPage? _page;
    private BrowserResult _result = new();

    private BrowserWorkload(
        Preparation preparation, TestUsers people, SeededConversation conversation, (IPlaywright Driver, IBrowser Browser) chromium,
        IReadOnlyList<IUser> senders, Chosen chosen)
        : base([new BrowserUser(() => chosen.Act(), "browser")])
    {
        (_preparation, _people, _conversation, _senders, _chosen) = (preparation, people, conversation, senders, chosen);
        (_driver, _browser) = chromium;
    }

    public override IEnumerable<string> Notes => [$"The browser is Chromium {_browser.Version}, without a window, drawing on the processor."];

    public static async Task<Workload> CreateAsync(Preparation preparation, CancellationToken stop)
    {
        var people = await preparation.UsersAsync(Senders + 1, stop);
        var conversation = (await preparation.ConversationsAsync([Shapes.OneGroup("A long history", people, preparation.Scenario.Messages)], stop))[0];
        var texts = new MessageTexts(preparation.Random(0));
        var sayings = Enumerable.Range(0, 1000).Select(_ => texts.Next()).ToArray();
        var senders = people.Skip(1).Select((person, n) =>
        {
            var random = preparation.Random(n);
            return new Sender(preparation.Client(person, n), [conversation.Id], () => sayings[random.Next(sayings.Length)], random, (_, _, _) => { });
        });
        return new BrowserWorkload(preparation, people, conversation, await Chromium.StartAsync(), [.. senders], new Chosen());
    }

    public override IReadOnlyList<IUser> Beside(string name) => _senders;

    public override async Task BeginAsync(Phase phase, CancellationToken stop)
    {
        _paints.Clear();
        _result = new BrowserResult();
        _chosen.Act = phase.Name switch
        {
            Scroll => ScrollAsync,
            Burst => () => _page!.StrikeAsync("x"),
            _ => OpenAsync,
        };
        if (phase.Name is Scroll or Burst)
        {
            // At the end, where in a burst everything moves with each message.
            await RenewAsync();
            await _page!.ToLatestAsync();
            await _page.ToFieldAsync();
        }
    }

    public override async Task<PhaseResult> EndAsync(PhaseResult result, bool isMain)
    {
        var page = _page!;
        var (delays, paints) = await page.InputAsync();
        var looked = _result with
        {
            LcpMs = result.Name == Open ? Math.Round(_paints.Order().ElementAt(_paints.Count / 2)) : null,
            DomNodes = await page.NodesAsync(),
            HeapMb = Math.Round(await page.HeapAsync() / 1e6, 1),
            InputDelayMs = Spread(delays),
            InputToPaintMs = Spread(paints),
        };
        return result with { Browser = looked };
    }

    public override async Task<RunResult> SettleAsync(RunResult result, CancellationToken stop) =>
        result with { Fsync = await Durability.ReadAsync(_preparation.Stack.Owner(), stop) };

    public override async ValueTask DisposeAsync()
    {
        await _browser.DisposeAsync();
        _driver.Dispose();
        foreach (var sender in _senders)
        {
            sender.Dispose();
        }

        await base.DisposeAsync();
        await _people.DisposeAsync();
    }

    private async Task OpenAsync()
    {
        await RenewAsync();
        _paints.Add(await _page!.LargestPaintAsync());
        var (files, data) = _page.Bytes;
        _result = _result with { FilesKb = Math.Round(files / 1e3, 1), DataKb = Math.Round(data / 1e3, 1) };
    }

    private async Task ScrollAsync()
    {
        var scroll = await _page!.ScrollAsync(Math.Min(ScrollLength, _preparation.Scenario.Messages / 2), PixelsPerSecond);
        _result = _result with
        {
            Fps = Math.Round(scroll.Frames / scroll.Seconds, 1),
            LongestFrameMs = Math.Round(scroll.Longest, 1),
            Scrolled = scroll.Messages,
        };
    }

    private async Task RenewAsync()
    {
        if (_page is not null)
        {
            await _page.DisposeAsync();
        }

        _page = await BrowserPage.OpenAsync(_browser, _preparation.Stack.Api[0], _people[0], _conversation);
    }

    private static Latencies? Spread(double[] milliseconds)
    {
        var histogram = new Histogram();
        Array.ForEach(milliseconds, each => histogram.Record(TimeSpan.FromMilliseconds(Math.Max(0, each))));
        return Latencies.Of(histogram);
    }

    private sealed class Chosen
    {
        public Func<Task> Act { get; set; } = () => Task.CompletedTask;
    }
}
