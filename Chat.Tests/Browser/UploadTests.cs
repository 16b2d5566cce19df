using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using Chat.Tests.Support;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Chat.Tests.Browser;

[Collection(ChatCollection.Name)]
public sealed class UploadTests(ChatApplication chat) : BrowserTests(chat)
{
    private const int Third = 1024 * 1024;

    [Fact]
    public async Task An_upload_that_is_cut_off_goes_on_where_it_was_and_arrives_whole()
    {
        var (alice, bob) = (await PersonAsync("alice"), await PersonAsync("bob"));
        var group = await alice.CreateGroupAsync(bob);
        var hers = await VisitorAsync(alice, PathOf(group.Id));
        var his = await VisitorAsync(bob, PathOf(group.Id), "api2");
        var bytes = RandomNumberGenerator.GetBytes(3 * 1024 * 1024);
        var offsets = new ConcurrentQueue<long>();
        await hers.Page.RouteAsync("**/api/uploads/*", async route =>
        {
            if (route.Request.Method == "PATCH")
            {
                offsets.Enqueue(long.Parse(route.Request.Headers["upload-offset"], CultureInfo.InvariantCulture));
                if (offsets.Count == 1)
                {
                    // A third gets through, and then the network breaks: the page is not told how far it came.
                    await route.FetchAsync(new RouteFetchOptions { PostData = bytes[..Third] });
                    await route.AbortAsync("connectionreset");
                    return;
                }
            }

            await route.ContinueAsync();
        });
        await Expect(hers.Field("Message")).ToBeVisibleAsync();

        await hers.Page.Locator("input[type=file]").First.SetInputFilesAsync(new FilePayload { Name = "plan.bin", MimeType = "application/octet-stream", Buffer = bytes });

        var link = his.Find(AriaRole.Link, "Download plan.bin");
        await Expect(link).ToBeVisibleAsync();
        using var anybody = Chat.Client();
        var received = await anybody.GetByteArrayAsync(await link.GetAttributeAsync("href"));
        Assert.Equal(SHA256.HashData(bytes), SHA256.HashData(received));
        Assert.Equal([0, Third], offsets);
        await Expect(hers.Find(AriaRole.Progressbar, "Upload of plan.bin")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task A_picture_is_shown_to_the_other_and_large_when_it_is_opened()
    {
        var (alice, bob) = (await PersonAsync("alice"), await PersonAsync("bob"));
        var group = await alice.CreateGroupAsync(bob);
        var hers = await VisitorAsync(alice, PathOf(group.Id));
        var his = await VisitorAsync(bob, PathOf(group.Id), "api2");
        await Expect(hers.Field("Message")).ToBeVisibleAsync();

        await hers.Page.Locator("input[type=file]").First.SetInputFilesAsync(new FilePayload { Name = "dot.png", MimeType = "image/png", Buffer = Picture });
        await his.Find(AriaRole.Button, "Open picture dot.png").ClickAsync();

        var large = his.Find(AriaRole.Dialog, "dot.png").GetByRole(AriaRole.Img);
        await Expect(large).ToBeVisibleAsync();
        Assert.True(await large.EvaluateAsync<bool>("async picture => { await picture.decode(); return picture.naturalWidth === 1; }"));
        await his.Page.Keyboard.PressAsync("Escape");
        await Expect(large).ToHaveCountAsync(0);
    }

    /// <summary>One pixel.</summary>
    internal static byte[] Picture { get; } = Convert.FromBase64String(
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");
}
