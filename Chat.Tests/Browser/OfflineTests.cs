using Chat.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace Chat.Tests.Browser;

[Collection(ChatCollection.Name)]
public sealed class OfflineTests(ChatApplication chat) : BrowserTests(chat)
{
    /// <summary>It is written down a moment after it came.</summary>
    private const string IsKept = """
        (user) => new Promise((done) => {
          indexedDB.open(`chat-${user}`).onsuccess = ({ target: { result: database } }) => {
            database.transaction('conversations').objectStore('conversations').count().onsuccess = (e) => { database.close(); done(e.target.result > 0); };
          };
        })
        """;

    [Fact]
    public async Task What_is_written_offline_is_delivered_once_when_the_network_is_back()
    {
        var (alice, bob) = (await PersonAsync("alice"), await PersonAsync("bob"));
        var group = await alice.CreateGroupAsync(bob);
        var (hers, his) = (await VisitorAsync(alice, PathOf(group.Id)), await VisitorAsync(bob, PathOf(group.Id), "api2"));
        await Expect(hers.Field("Message")).ToBeVisibleAsync();

        await hers.Context.SetOfflineAsync(true);
        await hers.IsToldAsync("Connection", "You are offline");
        await hers.WriteAsync("written on the train");
        await hers.WriteAsync("still on the train");
        await Expect(hers.Message("still on the train")).ToContainTextAsync("Waiting for the network");
        await bob.Client.SendAsync(group.Id, "meanwhile");
        await hers.Context.SetOfflineAsync(false);

        foreach (var each in (Visitor[])[hers, his])
        {
            await each.SeesAsync("written on the train");
            await each.SeesAsync("still on the train");
            await each.SeesAsync("meanwhile");
        }

        Assert.Equal(["written on the train", "still on the train"], await TextsOfAsync(bob, alice, group.Id));
        await Expect(hers.Page.GetByText("You are offline")).ToBeHiddenAsync();
    }

    [Fact]
    public async Task What_was_written_offline_outlives_the_tab_and_is_delivered_once_by_the_next()
    {
        var (alice, bob) = (await PersonAsync("alice"), await PersonAsync("bob"));
        var group = await alice.CreateGroupAsync(bob);
        var hers = await VisitorAsync(alice, PathOf(group.Id));
        await Expect(hers.Field("Message")).ToBeVisibleAsync();

        await hers.Context.SetOfflineAsync(true);
        await hers.IsToldAsync("Connection", "You are offline");
        await hers.WriteAsync("my last words");
        await Expect(hers.Message("my last words")).ToContainTextAsync("Waiting for the network");
        await hers.Page.CloseAsync();
        await hers.Context.SetOfflineAsync(false);
        await hers.OpenTabAsync(PathOf(group.Id));

        await hers.SeesAsync("my last words");
        Assert.Equal(["my last words"], await TextsOfAsync(bob, alice, group.Id));
    }

    [Fact]
    public async Task What_was_read_before_is_there_without_a_network_after_a_reload_too()
    {
        var (alice, bob) = (await PersonAsync("alice"), await PersonAsync("bob"));
        var group = await alice.CreateGroupAsync(bob);
        await bob.Client.SendAsync(group.Id, "keep this");
        var hers = await VisitorAsync(alice, PathOf(group.Id));
        await hers.SeesAsync("keep this");
        await hers.Page.EvaluateAsync("async () => { await navigator.serviceWorker.ready; }");
        await hers.Page.ReloadAsync();
        await hers.SeesAsync("keep this");
        await Eventually.HoldsAsync("the browser keeps the conversation", ChatApplication.Patience, () => hers.Page.EvaluateAsync<bool>(IsKept, alice.Id));

        await hers.Context.SetOfflineAsync(true);
        await hers.Page.ReloadAsync();

        await hers.SeesAsync("keep this");
        await hers.IsToldAsync("Connection", "You are offline");
    }

    private static async Task<IEnumerable<string?>> TextsOfAsync(Person reader, Person sender, Guid conversation) =>
        (await reader.Client.HistoryAsync(conversation)).Items.Where(m => m.SenderId == sender.Id && m.Text is not null).OrderBy(m => m.Seq).Select(m => m.Text);
}
