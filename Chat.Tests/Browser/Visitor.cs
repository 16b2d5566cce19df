using System.Collections.Concurrent;
using System.Text.Json;
using Chat.Contracts;
using Chat.Tests.Support;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Chat.Tests.Browser;

/// <summary>
/// Somebody at a browser of their own, who finds things by role and name, as people with a screen reader do. What the browser complains of is kept:
/// a script's error, and above all what the page's policy forbade.
/// </summary>
internal sealed class Visitor : IAsyncDisposable
{
    private static readonly float Patience = (float)ChatApplication.Patience.TotalMilliseconds;
    private static readonly string[] Passing = ["net::ERR_", "WebSocket connection to"];
    private readonly ConcurrentQueue<string> _complaints = new();

    private Visitor(IBrowserContext context) => Context = context;

    public IBrowserContext Context { get; }

    /// <summary>The tab that was opened last.</summary>
    public IPage Page { get; private set; } = null!;

    /// <summary>All but what a network that is away makes the browser say.</summary>
    public IEnumerable<string> Complaints => _complaints;

    /// <param name="person">Who is signed in already; null: nobody.</param>
    /// <param name="dark">Which of the two colour schemes the system prefers.</param>
    public static async Task<Visitor> ComeAsync(
        ChatApplication chat, Person? person = null, string path = "/", string api = "api", bool dark = false, ViewportSize? size = null)
    {
        SetDefaultExpectTimeout(Patience);
        var origin = Clients.AddressOf(chat, api).GetLeftPart(UriPartial.Authority);
        var browser = await Chromium.BrowserAsync;
        var context = await browser.NewContextAsync(new BrowserNewContextOptions
        {
            BaseURL = origin,
            Locale = "en-GB",
            TimezoneId = "UTC",
            ColorScheme = dark ? ColorScheme.Dark : ColorScheme.Light,
            ReducedMotion = ReducedMotion.Reduce,
            ViewportSize = size ?? new ViewportSize { Width = 1280, Height = 800 },
            StorageState = person is null ? null : Kept(origin, person),
        });
        context.SetDefaultTimeout(Patience);
        var visitor = new Visitor(context);
        await context.AddInitScriptAsync(
            "addEventListener('securitypolicyviolation', e => console.error(`The policy forbids: ${e.effectiveDirective} ${e.blockedURI} ${e.sample}`))");
        await visitor.OpenTabAsync(path);
        return visitor;
    }

    public async Task OpenTabAsync(string path)
    {
        var page = Page = await Context.NewPageAsync();
        page.PageError += (_, error) => _complaints.Enqueue(error);
        page.Console += (_, said) =>
        {
            if (said.Type is "error" && !IsNetwork(said))
            {
                _complaints.Enqueue(said.Text);
            }
        };
        page.Request += (_, request) =>
        {
            if (new Uri(request.Url) is { Scheme: "http" or "https" or "ws" or "wss", Host: not "localhost" } elsewhere)
            {
                _complaints.Enqueue($"A request to somebody else: {elsewhere}");
            }
        };
        await page.GotoAsync(path);
    }

    public ILocator Find(AriaRole role, string name, bool exact = true) => Page.GetByRole(role, new PageGetByRoleOptions { Name = name, Exact = exact });

    public ILocator Field(string name) => Find(AriaRole.Textbox, name);

    public ILocator Button(string name) => Find(AriaRole.Button, name);

    /// <summary>The messages on screen that have this text.</summary>
    public ILocator Message(string text) => Find(AriaRole.Feed, "Messages").GetByRole(AriaRole.Article).Filter(new LocatorFilterOptions { HasText = text });

    public async Task OpenAsync(string conversation)
    {
        await Find(AriaRole.Navigation, "Conversations").GetByRole(AriaRole.Link, new LocatorGetByRoleOptions { Name = conversation }).First.ClickAsync();
        await Expect(Field("Message")).ToBeVisibleAsync();
    }

    public async Task WriteAsync(string text)
    {
        await Field("Message").FillAsync(text);
        await Button("Send").ClickAsync();
    }

    /// <summary>It is there, once, and the server has it.</summary>
    public async Task SeesAsync(string text)
    {
        await Expect(Message(text)).ToHaveCountAsync(1);
        await Expect(Message(text)).ToHaveAttributeAsync("data-seq", new System.Text.RegularExpressions.Regex("^[0-9]+$"));
    }

    /// <summary>By Tab alone, as somebody without a mouse.</summary>
    public async Task TabToAsync(ILocator target, bool back = false)
    {
        const int Most = 60;
        for (var step = 0; step < Most; step++)
        {
            if (await target.EvaluateAllAsync<bool>("all => all.includes(document.activeElement)"))
            {
                return;
            }

            await Page.Keyboard.PressAsync(back ? "Shift+Tab" : "Tab");
        }

        Assert.Fail($"{target} is not reached by {Most} times Tab.");
    }

    public Task IsToldAsync(string status, string words) => Expect(Find(AriaRole.Status, status)).ToContainTextAsync(words);

    public ValueTask DisposeAsync() => Context.DisposeAsync();

    /// <summary>Browsers write down what did not come through, and every refusal by the API, of which the page tells the user.</summary>
    private static bool IsNetwork(IConsoleMessage said) => Passing.Any(part => said.Text.Contains(part, StringComparison.Ordinal))
        || (said.Text.Contains("status of 4", StringComparison.Ordinal) && said.Location.Contains("/api/", StringComparison.Ordinal));

    /// <summary>What a sign-in leaves in the browser.</summary>
    private static string Kept(string origin, Person person) => JsonSerializer.Serialize(new
    {
        cookies = Array.Empty<string>(),
        origins = new[]
        {
            new { origin, localStorage = new[] { new { name = "chat.session", value = JsonSerializer.Serialize(person.SignIn, ContractsJson.Default.SignIn) } } },
        },
    });
}
