using Chat.Tests.Support;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Chat.Tests.Browser;

[Collection(ChatCollection.Name)]
public sealed class KeyboardTests(ChatApplication chat) : BrowserTests(chat)
{
    [Fact]
    public async Task Somebody_without_a_mouse_signs_in_opens_a_conversation_writes_reads_back_edits_and_asks_for_help()
    {
        var (alice, bob) = (await PersonAsync("alice"), await PersonAsync("bob"));
        var group = await alice.CreateGroupAsync(bob);
        await bob.Client.SendAsync(group.Id, "the first of them");
        await bob.Client.SendAsync(group.Id, "the last of them");
        var hers = await VisitorAsync();
        var keys = hers.Page.Keyboard;

        await hers.TabToAsync(hers.Field("User name"));
        await keys.TypeAsync(alice.UserName);
        await hers.TabToAsync(hers.Page.GetByLabel("Password", new PageGetByLabelOptions { Exact = true }));
        await keys.TypeAsync(Person.Password);
        await keys.PressAsync("Enter");
        await Expect(hers.Find(AriaRole.Navigation, "Conversations")).ToBeVisibleAsync();
        await hers.TabToAsync(hers.Find(AriaRole.Link, "A group", exact: false));
        await keys.PressAsync("Enter");
        await Expect(hers.Field("Message")).ToBeFocusedAsync();
        await keys.TypeAsync("by keys alone");
        await keys.PressAsync("Shift+Enter");
        await keys.TypeAsync("on two lines");
        await keys.PressAsync("Enter");
        await hers.SeesAsync("by keys alone");

        await hers.TabToAsync(hers.Message("by keys alone"), back: true);
        await keys.PressAsync("ArrowUp");
        await Expect(hers.Message("the last of them")).ToBeFocusedAsync();
        await keys.PressAsync("ArrowUp");
        await Expect(hers.Message("the first of them")).ToBeFocusedAsync();
        await keys.PressAsync("End");
        await Expect(hers.Message("by keys alone")).ToBeFocusedAsync();

        await keys.PressAsync("e");
        await Expect(hers.Field("Message")).ToBeFocusedAsync();
        await keys.PressAsync("Control+End");
        await keys.TypeAsync(", edited by keys");
        await keys.PressAsync("Enter");
        await Expect(hers.Message("edited by keys")).ToHaveCountAsync(1);
        await hers.TabToAsync(hers.Message("edited by keys"), back: true);
        await keys.PressAsync("?");
        await Expect(hers.Find(AriaRole.Dialog, "Keyboard")).ToBeVisibleAsync();
        await keys.PressAsync("Escape");
        await Expect(hers.Find(AriaRole.Dialog, "Keyboard")).ToHaveCountAsync(0);
        await Expect(hers.Message("edited by keys")).ToBeFocusedAsync();
    }
}
