using Chat.Contracts.Messages;
using Chat.Tests.Support;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Chat.Tests.Browser;

/// <summary>Every screen, in both colour schemes. A new screen gets a line here.</summary>
[Collection(ChatCollection.Name)]
public sealed class AccessibilityTests(ChatApplication chat) : BrowserTests(chat)
{
    private readonly List<string> _violations = [];

    [Fact]
    public async Task The_screens_of_who_is_not_signed_in_are_for_everyone()
    {
        var visitor = await VisitorAsync();
        await Expect(visitor.Button("Sign in")).ToBeVisibleAsync();
        await LookAsync(visitor, "sign in");
        await visitor.Button("Sign in").ClickAsync();
        await LookAsync(visitor, "sign in, refused");
        await visitor.Find(AriaRole.Link, "Create an account").ClickAsync();
        await Expect(visitor.Button("Create account")).ToBeVisibleAsync();
        await LookAsync(visitor, "register");

        Assert.Empty(_violations);
    }

    [Fact]
    public async Task The_screens_of_a_member_are_for_everyone()
    {
        var (alice, bob) = (await PersonAsync("alice"), await PersonAsync("bob"));
        var hers = await VisitorAsync(alice);
        await Expect(hers.Page.GetByText("No conversations yet")).ToBeVisibleAsync();
        await LookAsync(hers, "no conversations");

        var group = await alice.CreateGroupAsync(bob);
        await WriteAllKindsAsync(bob, group.Id);
        await Expect(hers.Find(AriaRole.Link, "A group", exact: false)).ToBeVisibleAsync();
        await LookAsync(hers, "list");
        await hers.OpenAsync("A group");
        await hers.SeesAsync("quoted");
        await LookAsync(hers, "conversation");
        await hers.Context.SetOfflineAsync(true);
        await hers.IsToldAsync("Connection", "You are offline");
        await hers.WriteAsync("never sent");
        await LookAsync(hers, "offline");
        await hers.Context.SetOfflineAsync(false);
        await hers.Page.GotoAsync(PathOf(Guid.NewGuid()));
        await Expect(hers.Page.GetByText("There is no such conversation")).ToBeVisibleAsync();
        await LookAsync(hers, "no such conversation");

        Assert.Empty(_violations);
    }

    [Fact]
    public async Task Panels_dialogs_and_menus_are_for_everyone()
    {
        var (alice, bob) = (await PersonAsync("alice"), await PersonAsync("bob"));
        var group = await alice.CreateGroupAsync(bob);
        await WriteAllKindsAsync(bob, group.Id);
        var hers = await VisitorAsync(alice, PathOf(group.Id));
        await hers.SeesAsync("quoted");

        foreach (var panel in (string[])["Details", "Files", "Pinned messages"])
        {
            await hers.Button(panel).ClickAsync();
            await Expect(hers.Find(AriaRole.Complementary, panel)).ToBeVisibleAsync();
            await LookAsync(hers, panel);
            await hers.Button("Close panel").ClickAsync();
        }

        foreach (var (button, role, name) in ((string, AriaRole, string)[])[
            ("New conversation", AriaRole.Dialog, "New conversation"), ("New poll", AriaRole.Dialog, "New poll"), ("Menu", AriaRole.Menu, "Menu"),
            ("Emoji", AriaRole.Dialog, "Emoji")])
        {
            await hers.Button(button).ClickAsync();
            await Expect(hers.Find(role, name)).ToBeVisibleAsync();
            await LookAsync(hers, name);
            await hers.Page.Keyboard.PressAsync("Escape");
            await Expect(hers.Find(role, name)).ToHaveCountAsync(0);
        }

        var message = hers.Message("quoted");
        await message.HoverAsync();
        await LookAsync(hers, "what can be done with a message");
        await message.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Reply in thread" }).ClickAsync();
        await Expect(hers.Find(AriaRole.Complementary, "Thread")).ToBeVisibleAsync();
        await LookAsync(hers, "thread");
        await hers.Button("Close panel").ClickAsync();
        await hers.TabToAsync(message, back: true);
        await hers.Page.Keyboard.PressAsync("?");
        await Expect(hers.Find(AriaRole.Dialog, "Keyboard")).ToBeVisibleAsync();
        await LookAsync(hers, "keyboard");

        Assert.Empty(_violations);
    }

    [Theory]
    [InlineData("/settings", "Settings")]
    [InlineData("/channels", "Channels")]
    public async Task Screens_beside_conversations_are_for_everyone(string path, string heading)
    {
        var hers = await VisitorAsync(await PersonAsync("alice"), path);
        await Expect(hers.Page.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Name = heading, Level = 1 })).ToBeVisibleAsync();
        await LookAsync(hers, heading);

        Assert.Empty(_violations);
    }

    private async Task LookAsync(Visitor visitor, string screen) => _violations.AddRange(await visitor.LookAsync(screen));

    private static async Task WriteAllKindsAsync(Person sender, Guid conversation)
    {
        await sender.Client.SendAsync(conversation, "**bold** _italic_ `code` https://example.org\n\n- one\n- two\n\n> quoted\n\n```js\nlet x = 1;\n```");
        var deleted = await sender.Client.SendAsync(conversation, "a slip");
        await sender.Client.DeleteMessageAsync(conversation, deleted.Seq);
        var edited = await sender.Client.SendAsync(conversation, "a tpyo");
        await sender.Client.EditAsync(conversation, edited.Seq, "a typo");
        await sender.Client.SendAsync(conversation, "مرحبا بالعالم");
        await sender.Client.SendPollAsync(conversation, new SendPollRequest(Guid.NewGuid(), "Lunch?", ["yes", "no"]));
        await sender.Client.PinAsync(conversation, edited.Seq);
    }
}
