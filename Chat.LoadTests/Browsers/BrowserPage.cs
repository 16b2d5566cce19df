using System.Text.Json;
using System.Text.Json.Nodes;
using Chat.LoadTests.Seeding;
using Microsoft.Playwright;

namespace Chat.LoadTests.Browsers;

/// <summary>A conversation that somebody has open in a browser with an empty cache, and what is measured there: <c>probe.js</c>.</summary>
internal sealed class BrowserPage : IAsyncDisposable
{
    private static readonly Lazy<string> Probe = new(() => File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Browsers", "probe.js")));
    private readonly IBrowserContext _context;
    private readonly IPage _page;
    private readonly ICDPSession _protocol;
    private readonly Dictionary<string, bool> _isData = [];
    private long _files;
    private long _data;

    private BrowserPage(IBrowserContext context, IPage page, ICDPSession protocol) => (_context, _page, _protocol) = (context, page, protocol);

    /// <summary>Bytes on the way of the page's own files, and of the API's answers, so far.</summary>
    public (long Files, long Data) Bytes => (Interlocked.Read(ref _files), Interlocked.Read(ref _data));

    /// <summary>Signs in, opens the conversation, and returns when there is something to read.</summary>
    /// <exception cref="PlaywrightException">It did not come within 30 s.</exception>
    public static async Task<BrowserPage> OpenAsync(IBrowser browser, Uri api, TestUser user, SeededConversation conversation)
    {
        var context = await browser.NewContextAsync(new BrowserNewContextOptions
        {
            BaseURL = api.GetLeftPart(UriPartial.Authority),
            StorageState = SignedIn(api, user),
            ViewportSize = new ViewportSize { Width = 1440, Height = 900 },
        });
        await context.AddInitScriptAsync(Probe.Value);
        var page = await context.NewPageAsync();
        var protocol = await context.NewCDPSessionAsync(page);
        var opened = new BrowserPage(context, page, protocol);
        await opened.CountBytesAsync();
        await page.GotoAsync($"/c/{conversation.Id}");
        await page.Locator("article[data-seq]").First.WaitForAsync();
        return opened;
    }

    /// <summary>Milliseconds from the navigation to the largest paint so far.</summary>
    public async Task<double> LargestPaintAsync()
    {
        await _page.WaitForLoadStateAsync(LoadState.NetworkIdle);
        return await _page.EvaluateAsync<double>("() => probe.lcp");
    }

    /// <summary>A conversation opens at the first that is unread; this goes to its end.</summary>
    public Task ToLatestAsync() => _page.EvaluateAsync("() => probe.toLatest()");

    public async Task<Scroll> ScrollAsync(int messages, int pixelsPerSecond) => (await _page.EvaluateAsync<JsonElement>(
        "([messages, speed]) => probe.scroll(messages, speed)", new[] { messages, pixelsPerSecond })).Deserialize<Scroll>(JsonSerializerOptions.Web)!;

    /// <summary>The most elements at any look, this one included.</summary>
    public Task<int> NodesAsync() => _page.EvaluateAsync<int>("() => probe.count()");

    /// <summary>Bytes of JavaScript's memory in use, without garbage.</summary>
    public async Task<double> HeapAsync()
    {
        await _protocol.SendAsync("HeapProfiler.collectGarbage");
        return await _page.EvaluateAsync<double>("() => performance.memory.usedJSHeapSize");
    }

    /// <summary>Puts the cursor into the field that messages are written in.</summary>
    public Task ToFieldAsync() => _page.GetByRole(AriaRole.Textbox, new PageGetByRoleOptions { Name = "Message", Exact = true }).FocusAsync();

    /// <summary>Strikes a key, where the cursor is.</summary>
    public Task StrikeAsync(string key) => _page.Keyboard.PressAsync(key);

    /// <summary>Milliseconds of each key struck so far: until it was handled, and until the frame after it.</summary>
    public async Task<(double[] Delays, double[] Paints)> InputAsync() =>
        (await _page.EvaluateAsync<double[]>("() => probe.delays"), await _page.EvaluateAsync<double[]>("() => probe.paints"));

    public ValueTask DisposeAsync() => _context.DisposeAsync();

    private async Task CountBytesAsync()
    {
        _protocol.Event("Network.responseReceived").OnEvent += (_, e) =>
        {
            var said = e!.Value;
            lock (_isData)
            {
                _isData[said.GetProperty("requestId").GetString()!] =
                    new Uri(said.GetProperty("response").GetProperty("url").GetString()!).AbsolutePath.StartsWith("/api/", StringComparison.Ordinal);
            }
        };
        _protocol.Event("Network.loadingFinished").OnEvent += (_, e) =>
        {
            var bytes = (long)e!.Value.GetProperty("encodedDataLength").GetDouble();
            lock (_isData)
            {
                Interlocked.Add(ref _isData.GetValueOrDefault(e.Value.GetProperty("requestId").GetString()!) ? ref _data : ref _files, bytes);
            }
        };
        await _protocol.SendAsync("Network.enable");
    }

    /// <summary>What a sign-in leaves in the browser's storage. The refresh token stays the generator's: what is measured is over before it is needed.</summary>
    private static string SignedIn(Uri api, TestUser user)
    {
        var signIn = new JsonObject
        {
            ["accessToken"] = user.AccessToken,
            ["expiresAt"] = user.ExpiresAt,
            ["refreshToken"] = "none",
            ["sessionId"] = Guid.Empty,
            ["user"] = new JsonObject
            {
                ["id"] = user.Id,
                ["userName"] = user.UserName,
                ["displayName"] = user.DisplayName,
                ["roles"] = new JsonArray("user"),
                ["createdAt"] = DateTimeOffset.UtcNow,
            },
        };
        return new JsonObject
        {
            ["cookies"] = new JsonArray(),
            ["origins"] = new JsonArray(new JsonObject
            {
                ["origin"] = api.GetLeftPart(UriPartial.Authority),
                ["localStorage"] = new JsonArray(new JsonObject { ["name"] = "chat.session", ["value"] = signIn.ToJsonString() }),
            }),
        }.ToJsonString();
    }
}

/// <param name="Frames">That were drawn.</param>
/// <param name="Longest">Milliseconds between two of them, at most.</param>
/// <param name="Messages">That were scrolled past.</param>
internal sealed record Scroll(int Frames, double Seconds, double Longest, int Messages);
