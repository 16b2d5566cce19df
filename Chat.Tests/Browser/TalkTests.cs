using Chat.Tests.Support;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Chat.Tests.Browser;

[Collection(ChatCollection.Name)]
public sealed class TalkTests(ChatApplication chat) : BrowserTests(chat)
{
    [Fact]
    public async Task Two_people_talk_and_somebody_else_sees_nothing_of_it()
    {
        var (alice, bob, outsider) = (await PersonAsync("alice"), await PersonAsync("bob"), await PersonAsync("outsider"));
        await alice.CreateGroupAsync(bob);
        var (hers, his) = (await VisitorAsync(alice), await VisitorAsync(bob, api: "api2"));
        var theirs = await VisitorAsync(outsider);

        await hers.OpenAsync("A group");
        await hers.WriteAsync("Tea at **four**? 🫖");
        await his.OpenAsync("A group");
        await his.SeesAsync("Tea at four? 🫖");
        await his.WriteAsync("I bring the cake, <b>of course</b>");

        await hers.SeesAsync("I bring the cake, <b>of course</b>");
        await Expect(hers.Message("Tea at four? 🫖").Locator("strong")).ToHaveTextAsync("four");
        await Expect(theirs.Page.GetByText("No conversations yet")).ToBeVisibleAsync();
        await Expect(theirs.Page.GetByText("cake")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task What_somebody_smuggles_into_a_message_is_text_runs_nothing_and_fetches_nothing()
    {
        var (alice, mallory) = (await PersonAsync("alice"), await PersonAsync("mallory"));
        var group = await mallory.CreateGroupAsync(alice);
        string[] smuggled =
        [
            "<img src=x onerror=\"window.hit = 1\">", "<script>window.hit = 1</script>", "[link](javascript:window.hit=1)", "![pixel](https://evil.example/pixel.png)",
            "<style>body { display: none }</style>", "[data](data:text/html,<script>window.hit=1</script>)", "<svg onload=\"window.hit = 1\">",
        ];
        foreach (var text in smuggled)
        {
            await mallory.Client.SendAsync(group.Id, text);
        }

        var hers = await VisitorAsync(alice, PathOf(group.Id));
        await hers.SeesAsync("<svg onload=");
        await hers.SeesAsync("<img src=x");
        await hers.SeesAsync("<style>");

        var feed = hers.Find(AriaRole.Feed, "Messages");
        await Expect(feed.Locator("img, style, script, a[href^='javascript:'], a[href^='data:']")).ToHaveCountAsync(0);
        Assert.False(await hers.Page.EvaluateAsync<bool>("() => 'hit' in window"));
    }

    [Fact]
    public async Task Two_tabs_of_one_person_show_the_same_and_send_once()
    {
        var (alice, bob) = (await PersonAsync("alice"), await PersonAsync("bob"));
        var group = await alice.CreateGroupAsync(bob);
        var hers = await VisitorAsync(alice, PathOf(group.Id));
        await hers.WriteAsync("from the first tab");
        await hers.OpenTabAsync(PathOf(group.Id));
        await hers.SeesAsync("from the first tab");
        await hers.WriteAsync("from the second tab");

        foreach (var tab in hers.Context.Pages)
        {
            await Expect(tab.GetByRole(AriaRole.Article).Filter(new LocatorFilterOptions { HasText = "from the second tab" })).ToHaveCountAsync(1);
        }

        await hers.SeesAsync("from the second tab");
        Assert.Equal(2, (await bob.Client.HistoryAsync(group.Id)).Items.Count(message => message.SenderId == alice.Id && message.Text is not null));
    }

    [Fact]
    public async Task A_long_conversation_opens_at_the_first_unread_jumps_to_a_message_and_to_the_latest()
    {
        var (alice, bob) = (await PersonAsync("alice"), await PersonAsync("bob"));
        var group = await alice.CreateGroupAsync(bob);
        for (var n = 1; n <= 80; n++)
        {
            var sent = await bob.Client.SendAsync(group.Id, $"number {n}.");
            if (n == 40)
            {
                await alice.Client.ReadUpToAsync(group.Id, sent.Seq);
            }
        }

        var hers = await VisitorAsync(alice, PathOf(group.Id));
        await Expect(hers.Message("number 41.")).ToBeInViewportAsync();
        await Expect(hers.Page.GetByText("New messages", new PageGetByTextOptions { Exact = true })).ToBeInViewportAsync();
        await Expect(hers.Message("number 80.")).ToHaveCountAsync(0);
        await hers.Find(AriaRole.Button, "Jump to latest", exact: false).ClickAsync();
        await Expect(hers.Message("number 80.")).ToBeInViewportAsync();
        await hers.Page.GotoAsync($"{PathOf(group.Id)}/m/10");
        await Expect(hers.Page.Locator("article[data-seq='10']")).ToBeInViewportAsync();
    }

    [Fact]
    public async Task Somebody_makes_an_account_signs_in_again_and_is_told_what_is_wrong()
    {
        var name = Person.Name("carol");
        var carol = await VisitorAsync();

        await carol.Page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "Create an account" }).ClickAsync();
        await carol.Field("User name").FillAsync(name);
        await carol.Field("Display name").FillAsync("Carol");
        await carol.Page.GetByLabel("Password", new PageGetByLabelOptions { Exact = true }).FillAsync("short");
        await carol.Button("Create account").ClickAsync();
        await Expect(carol.Page.GetByLabel("Password", new PageGetByLabelOptions { Exact = true })).ToHaveAttributeAsync("aria-invalid", "true");
        await carol.Page.GetByLabel("Password", new PageGetByLabelOptions { Exact = true }).FillAsync(Person.Password);
        await carol.Button("Create account").ClickAsync();
        await Expect(carol.Find(AriaRole.Navigation, "Conversations")).ToBeVisibleAsync();

        await carol.Page.ReloadAsync();
        await Expect(carol.Find(AriaRole.Navigation, "Conversations")).ToBeVisibleAsync();
    }
}
