using Chat.Contracts.Conversations;
using Chat.Contracts.Messages;
using Chat.Tests.Support;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Chat.Tests.Browser;

/// <summary>What a message's menu tells of it.</summary>
[Collection(ChatCollection.Name)]
public sealed class MessageListTests(ChatApplication chat) : BrowserTests(chat)
{
    [Fact]
    public async Task A_sender_sees_that_a_message_is_sent_delivered_and_read_and_by_whom()
    {
        var (alice, bob) = (await PersonAsync("alice"), await PersonAsync("bob"));
        var (group, other) = (await alice.CreateGroupAsync(bob), await bob.CreateGroupAsync(alice));
        var his = await VisitorAsync(bob, PathOf(other.Id));
        await Expect(his.Field("Message")).ToBeVisibleAsync();
        var hers = await VisitorAsync(alice, PathOf(group.Id));

        await hers.WriteAsync("has it come?");
        await hers.SeesAsync("has it come?");
        await Expect(hers.Message("has it come?").GetByRole(AriaRole.Img, Named("Delivered"))).ToBeVisibleAsync();
        await his.Page.GotoAsync(PathOf(group.Id));
        await his.Page.BringToFrontAsync();
        await his.SeesAsync("has it come?");
        await Expect(hers.Message("has it come?").GetByRole(AriaRole.Img, Named("Read"))).ToBeVisibleAsync();

        var readers = await ListAsync(hers, "has it come?", "Read by");
        await Expect(readers).ToContainTextAsync(bob.SignIn.User.DisplayName);
        await LookAsync(hers, "read by");
    }

    [Fact]
    public async Task Members_see_who_reacted_who_voted_and_what_a_message_said_before()
    {
        var (alice, bob) = (await PersonAsync("alice"), await PersonAsync("bob"));
        var group = await alice.CreateGroupAsync(bob);
        var edited = await alice.Client.SendAsync(group.Id, "a tpyo");
        await alice.Client.EditAsync(group.Id, edited.Seq, "a typo no more");
        await bob.Client.ReactAsync(group.Id, edited.Seq, "🎉");
        var poll = await alice.Client.SendPollAsync(group.Id, new SendPollRequest(Guid.NewGuid(), "Lunch?", ["soup", "salad"]));
        await bob.Client.VoteAsync(group.Id, poll.Seq, 1);
        var hidden = await alice.Client.SendPollAsync(group.Id, new SendPollRequest(Guid.NewGuid(), "Secret?", ["yes", "no"], Anonymous: true));
        var hers = await VisitorAsync(alice, PathOf(group.Id));
        await Expect(hers.Message("a typo no more").GetByRole(AriaRole.Group, new LocatorGetByRoleOptions { Name = "Reactions" })).ToBeVisibleAsync();

        var reactions = await ListAsync(hers, "a typo no more", "Who reacted");
        await Expect(reactions).ToContainTextAsync(bob.SignIn.User.DisplayName);
        await Expect(reactions).ToContainTextAsync("🎉");
        await LookAsync(hers, "who reacted");
        await CloseAsync(hers, "Who reacted");
        await Expect(await ListAsync(hers, "a typo no more", "Earlier versions")).ToContainTextAsync("a tpyo");
        await CloseAsync(hers, "Earlier versions");
        var votes = await ListAsync(hers, "Lunch?", "Who voted");
        await Expect(votes).ToContainTextAsync(bob.SignIn.User.DisplayName);
        await Expect(votes).ToContainTextAsync("salad");
        await CloseAsync(hers, "Who voted");

        await OpenMenuAsync(hers, "Secret?");
        await Expect(hers.Find(AriaRole.Menuitem, "Copy link")).ToBeVisibleAsync();
        await Expect(hers.Find(AriaRole.Menuitem, "Who voted")).ToHaveCountAsync(0);
        Assert.NotEqual(poll.Seq, hidden.Seq);
    }

    [Fact]
    public async Task A_message_is_forwarded_and_then_deleted_for_everyone()
    {
        var (alice, bob) = (await PersonAsync("alice"), await PersonAsync("bob"));
        var group = await alice.CreateGroupAsync(bob);
        var other = await alice.CreateGroupAsync(bob);
        await alice.Client.ChangeAsync(other.Id, new ChangeConversationRequest("Elsewhere"));
        await alice.Client.SendAsync(group.Id, "worth telling");
        var hers = await VisitorAsync(alice, PathOf(group.Id));
        await hers.SeesAsync("worth telling");

        await OpenMenuAsync(hers, "worth telling");
        await hers.Find(AriaRole.Menuitem, "Forward").ClickAsync();
        await hers.Find(AriaRole.Dialog, "Forward").GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Elsewhere" }).ClickAsync();
        await OpenMenuAsync(hers, "worth telling");
        await hers.Find(AriaRole.Menuitem, "Delete for everyone").ClickAsync();
        await hers.Find(AriaRole.Dialog, "Delete for everyone").GetByRole(AriaRole.Button, Named("Delete")).ClickAsync();

        await hers.SeesAsync("This message was deleted.");
        await hers.OpenAsync("Elsewhere");
        await hers.SeesAsync("worth telling");
    }

    private static async Task<ILocator> ListAsync(Visitor visitor, string message, string what)
    {
        await OpenMenuAsync(visitor, message);
        await visitor.Find(AriaRole.Menuitem, what).ClickAsync();
        return visitor.Find(AriaRole.Dialog, what).GetByRole(AriaRole.List);
    }

    private static async Task OpenMenuAsync(Visitor visitor, string message)
    {
        await visitor.Message(message).HoverAsync();
        await visitor.Message(message).GetByRole(AriaRole.Button, Named("More actions")).ClickAsync();
    }

    private static async Task CloseAsync(Visitor visitor, string dialog)
    {
        await visitor.Page.Keyboard.PressAsync("Escape");
        await Expect(visitor.Find(AriaRole.Dialog, dialog)).ToHaveCountAsync(0);
    }

    private static async Task LookAsync(Visitor visitor, string screen) => Assert.Empty(await visitor.LookAsync(screen));

    private static LocatorGetByRoleOptions Named(string name) => new() { Name = name, Exact = true };
}
