using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Chat.Tests.Realtime;
using Chat.Tests.Support;

namespace Chat.Tests.EndToEnd;

/// <summary>From the API of one replica to a client of another, all the way: Postgres, Redis, realtime, worker.</summary>
[Collection(ChatCollection.Name)]
public sealed class PushTests(ChatApplication chat) : IAsyncLifetime
{
    private Backstage _backstage = null!;

    [Fact]
    public async Task A_message_reaches_the_other_member_on_another_replica_and_their_reaction_comes_back_as_a_count()
    {
        var (alice, bob, oscar) = await PeopleAsync();
        var ours = await CreateAsync(alice, bob);
        var oscars = await CreateAsync(oscar, alice);
        await using var sender = await Listener.ConnectAsync(chat, "realtime", alice.Token);
        await using var receiver = await Listener.ConnectAsync(chat, "realtime2", bob.Token);
        await using var outsider = await Listener.ConnectAsync(chat, "realtime2", oscar.Token);

        await SendAsync(oscar, oscars, "hear yourself");
        await outsider.HearsAsync("a conversation of their own", e => IsMessage(e, oscars));
        await SendAsync(alice, ours, "hello");
        var heard = await receiver.HearsAsync("the message", e => IsMessage(e, ours));
        using var reacted = await Client(bob, "api2").PutAsync($"/api/conversations/{ours}/messages/1/reactions/%F0%9F%91%8D", null);
        var counted = await sender.HearsAsync("the count", e => Type(e) == "messageChanged");

        Assert.Equal("hello", heard.GetProperty("message").GetProperty("text").GetString());
        Assert.Equal(HttpStatusCode.NoContent, reacted.StatusCode);
        Assert.Equal(1, counted.GetProperty("message").GetProperty("reactions")[0].GetProperty("count").GetInt32());
        Assert.False(outsider.HasHeard(ours));
        Assert.False(receiver.HasHeard(oscars));
    }

    [Fact]
    public async Task Who_is_added_while_connected_receives_and_who_is_removed_receives_no_more()
    {
        var (alice, bob, _) = await PeopleAsync();
        var ours = await CreateAsync(alice);
        var bobs = await CreateAsync(bob);
        await using var listener = await Listener.ConnectAsync(chat, "realtime2", bob.Token);

        using var added = await Client(alice, "api").PostAsJsonAsync($"/api/conversations/{ours}/members", new { userIds = new[] { bob.Id } });
        await listener.HearsAsync("that they joined", e => Type(e) == "conversationJoined");
        await SendAsync(alice, ours, "welcome");
        await listener.HearsAsync("the message", e => IsMessage(e, ours));
        using var removed = await Client(alice, "api2").DeleteAsync($"/api/conversations/{ours}/members/{bob.Id}");
        await SendAsync(alice, ours, "without you");
        await SendAsync(bob, bobs, "on my own");
        await listener.HearsAsync("their own conversation", e => IsMessage(e, bobs));

        Assert.True(added.IsSuccessStatusCode && removed.IsSuccessStatusCode);
        await listener.HearsAsync("that they left", e => Type(e) == "conversationLeft");
        // That they were added they may hear as well, from the system.
        var texts = listener.Events.Where(e => IsMessage(e, ours)).Select(e => e.GetProperty("message"))
            .Where(message => message.GetProperty("kind").GetString() == "text").Select(message => message.GetProperty("text").GetString());
        Assert.Equal(["welcome"], texts);
    }

    public async Task InitializeAsync() => _backstage = await Backstage.OpenAsync(chat);

    public async Task DisposeAsync() => await _backstage.DisposeAsync();

    private async Task<(Someone Alice, Someone Bob, Someone Oscar)> PeopleAsync() =>
        (await _backstage.PersonAsync("alice"), await _backstage.PersonAsync("bob"), await _backstage.PersonAsync("oscar"));

    private async Task<Guid> CreateAsync(Someone owner, params Someone[] others)
    {
        using var answer = await Client(owner, "api").PostAsJsonAsync(
            "/api/conversations", new { kind = "group", title = "Ours", memberIds = others.Select(o => o.Id) });
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetGuid();
    }

    private async Task SendAsync(Someone sender, Guid conversation, string text)
    {
        using var answer = await Client(sender, "api").PostAsJsonAsync(
            $"/api/conversations/{conversation}/messages", new { clientId = Guid.NewGuid(), text });
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
    }

    private HttpClient Client(Someone who, string service)
    {
        var client = chat.Client(service);
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", who.Token);
        return client;
    }

    private static string? Type(JsonElement e) => e.GetProperty("type").GetString();

    private static bool IsMessage(JsonElement e, Guid conversation) =>
        Type(e) == "messageSent" && e.GetProperty("conversationId").GetGuid() == conversation;
}
