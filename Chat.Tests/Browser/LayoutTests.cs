using Chat.Contracts.Conversations;
using Chat.Tests.Support;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Chat.Tests.Browser;

/// <summary>For people who need letters twice as large, read from right to left, or hold a phone: everything fits, and nothing is out of reach.</summary>
[Collection(ChatCollection.Name)]
public sealed class LayoutTests(ChatApplication chat) : BrowserTests(chat)
{
    private static readonly string LongName = string.Concat(Enumerable.Repeat("Donaudampfschifffahrt", 3));

    /// <summary>A window of 1280 × 800 at 200 % has the room of one of 640 × 400.</summary>
    [Theory]
    [InlineData(640, 400, "ltr")]
    [InlineData(320, 640, "ltr")]
    [InlineData(1280, 800, "rtl")]
    [InlineData(320, 640, "rtl")]
    public async Task Nothing_sticks_out_and_the_field_and_its_button_are_in_view(int width, int height, string direction)
    {
        var (alice, bob) = (await PersonAsync("alice"), await PersonAsync("bob"));
        var group = await alice.CreateGroupAsync(bob);
        await alice.Client.ChangeAsync(group.Id, new ChangeConversationRequest(LongName));
        await bob.Client.SendAsync(group.Id, $"{LongName}{LongName} https://example.org/{LongName}{LongName}\n\n```\n{LongName}{LongName}{LongName}\n```");
        await bob.Client.SendAsync(group.Id, "مرحبا بالعالم");
        var hers = await VisitorAsync(alice, PathOf(group.Id), size: new ViewportSize { Width = width, Height = height });
        await hers.SeesAsync("مرحبا بالعالم");
        await hers.Page.EvaluateAsync($"() => document.dir = '{direction}'");

        await Expect(hers.Field("Message")).ToBeInViewportAsync(Whole);
        await Expect(hers.Button("Send")).ToBeInViewportAsync(Whole);
        Assert.Equal("", await StickingOutAsync(hers));
        await hers.Button("Details").ClickAsync();
        await Expect(hers.Find(AriaRole.Complementary, "Details")).ToBeInViewportAsync();
        await Expect(hers.Button("Close panel")).ToBeInViewportAsync(Whole);
        Assert.Equal("", await StickingOutAsync(hers));
        await hers.Page.GotoAsync("/settings");
        await Expect(hers.Find(AriaRole.Heading, "Settings")).ToBeVisibleAsync();
        await hers.Page.EvaluateAsync($"() => document.dir = '{direction}'");
        Assert.Equal("", await StickingOutAsync(hers));
        await hers.Page.GotoAsync("/");
        await Expect(hers.Find(AriaRole.Link, LongName, exact: false)).ToBeInViewportAsync();
        Assert.Equal("", await StickingOutAsync(hers));
    }

    private static LocatorAssertionsToBeInViewportOptions Whole => new() { Ratio = 0.99f };

    /// <summary>What is visible and reaches beyond the window's sides, but for what scrolls by itself, as wide code does.</summary>
    private static Task<string> StickingOutAsync(Visitor visitor) => visitor.Page.EvaluateAsync<string>("""
        () => {
          const scrolls = e => e !== null && (['auto', 'scroll', 'hidden', 'clip'].includes(getComputedStyle(e).overflowX) || scrolls(e.parentElement));
          return [...document.querySelectorAll('body *')]
            .filter(e => { const r = e.getBoundingClientRect(); return r.width > 1 && r.height > 1 && (r.left < -1 || r.right > innerWidth + 1); })
            .filter(e => e.parentElement !== document.body && !scrolls(e.parentElement === null ? null : e.parentElement) || e.matches('button, a, input, textarea'))
            .filter(e => e.checkVisibility({ visibilityProperty: true }) && !e.closest('pre, .skip-links, [inert]'))
            .map(e => e.outerHTML.slice(0, 120)).join('\n');
        }
        """);
}
