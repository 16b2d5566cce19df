using System.Text.Json;
using Chat.Tests.Support;

namespace Chat.Tests.EndToEnd;

/// <summary>The web client's own client, under Node with the real @microsoft/signalr, against the whole application.</summary>
[Collection(ChatCollection.Name)]
public sealed class WebClientTests(ChatApplication chat)
{
    [Fact]
    public async Task It_shows_what_a_reload_shows_and_others_on_other_replicas_get_what_is_written_in_it()
    {
        using var alice = await Person.RegisterAsync(chat, "alice");
        using var bob = await Person.RegisterAsync(chat, "bob");
        var ours = await alice.CreateGroupAsync(bob);
        await using var web = await WebClient.OpenAsync(chat, bob, "api2", "realtime2");
        await using var other = await chat.OpenClientAsync(alice, Clients.AddressOf(chat, "realtime"));

        var first = await alice.Client.SendAsync(ours.Id, "grüße, 世界 👋");
        await web.DoAsync(new { @do = "send", conversation = ours.Id, text = "hello from the web" });
        await web.SaysAsync("sent", message => message.GetProperty("text").GetString() == "hello from the web");
        var edited = await alice.Client.EditAsync(ours.Id, first.Seq, "grüße!");
        await web.DoAsync(new { @do = "reconnect" });
        var late = await alice.Client.SendAsync(ours.Id, "while it was away");

        // Of what it missed, what is pushed may be there a moment before what it asks for.
        var shown = await web.SaysAsync("state", state => Shows(state, late.Rev) && Shows(state, edited.Rev));
        var loaded = await bob.Client.HistoryAsync(ours.Id);
        Assert.Equal(loaded.Items.Select(m => (m.Seq, m.Rev, m.Text)), shown.GetProperty("messages").EnumerateArray()
            .Select(m => (m.GetProperty("seq").GetInt64(), m.GetProperty("rev").GetInt64(), m.GetProperty("text").GetString()!)));
        Assert.Equal(0, shown.GetProperty("pending").GetArrayLength());
        await other.ShowsWhatAReloadShowsAsync(alice);
    }

    [Fact]
    public async Task Who_is_added_gets_the_conversation_and_who_is_removed_no_more_of_it()
    {
        using var alice = await Person.RegisterAsync(chat, "alice");
        using var bob = await Person.RegisterAsync(chat, "bob");
        var (theirs, bobs) = (await alice.CreateGroupAsync(), await bob.CreateGroupAsync());
        await using var web = await WebClient.OpenAsync(chat, bob, "api", "realtime2");

        await alice.Client.AddAsync(theirs.Id, bob.Id);
        var welcome = await alice.Client.SendAsync(theirs.Id, "welcome");
        await web.SaysAsync("state", state => state.GetProperty("id").GetGuid() == theirs.Id && Shows(state, welcome.Rev));
        await alice.Client.RemoveAsync(theirs.Id, bob.Id);
        await alice.Client.SendAsync(theirs.Id, "without you");
        var own = await bob.Client.SendAsync(bobs.Id, "on my own");
        await web.SaysAsync("state", state => state.GetProperty("id").GetGuid() == bobs.Id && Shows(state, own.Rev));

        await web.SaysAsync("receive", e => e.GetProperty("type").GetString() == "conversationLeft");
        Assert.False(web.HasSaid("receive", e => $"{e}".Contains("without you", StringComparison.Ordinal)));
    }

    private static bool Shows(JsonElement state, long rev) =>
        state.GetProperty("messages").EnumerateArray().Any(m => m.GetProperty("rev").GetInt64() == rev);
}
