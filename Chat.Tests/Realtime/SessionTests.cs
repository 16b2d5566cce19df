using System.Net;
using System.Net.Http.Headers;
using System.Net.WebSockets;
using Chat.Data.Events;
using Chat.ServiceDefaults.Authentication;
using Chat.Tests.Support;

namespace Chat.Tests.Realtime;

/// <summary>How connections are let in and how they end.</summary>
[Collection(ChatCollection.Name)]
public sealed class SessionTests(ChatApplication chat) : IAsyncLifetime
{
    private Backstage _backstage = null!;

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("garbage")]
    [InlineData("00000000-0000-0000-0000-00000000000z")]
    public async Task Without_a_valid_token_nobody_is_let_in(string? token)
    {
        using var socket = new ClientWebSocket();
        socket.Options.CollectHttpResponseDetails = true;

        await Assert.ThrowsAsync<WebSocketException>(() => socket.ConnectAsync(Listener.HubUri(chat, "realtime", token), default));

        Assert.Equal(HttpStatusCode.Unauthorized, socket.HttpStatusCode);
    }

    [Fact]
    public async Task A_token_in_the_query_counts_for_websockets_only()
    {
        var alice = await _backstage.PersonAsync("alice");
        using var client = chat.Client("realtime");

        var byQuery = await client.PostAsync($"/hub/negotiate?negotiateVersion=1&access_token={alice.Token}", null);
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", alice.Token);
        var byHeader = await client.PostAsync("/hub/negotiate?negotiateVersion=1", null);

        Assert.Equal(HttpStatusCode.Unauthorized, byQuery.StatusCode);
        Assert.Equal(HttpStatusCode.OK, byHeader.StatusCode);
    }

    [Theory]
    [InlineData("https://evil.example")]
    [InlineData("null")]
    [InlineData("")]
    [InlineData("file:///etc/passwd")]
    public async Task Pages_of_other_sites_may_not_connect(string origin)
    {
        var alice = await _backstage.PersonAsync("alice");
        using var socket = new ClientWebSocket();
        socket.Options.CollectHttpResponseDetails = true;
        socket.Options.SetRequestHeader("Origin", origin);

        await Assert.ThrowsAsync<WebSocketException>(() => socket.ConnectAsync(Listener.HubUri(chat, "realtime", alice.Token), default));

        Assert.Equal(HttpStatusCode.Forbidden, socket.HttpStatusCode);
    }

    [Theory]
    [InlineData("api")]
    [InlineData("api2")]
    public async Task Pages_that_the_API_serves_may_connect(string page)
    {
        var alice = await _backstage.PersonAsync("alice");
        var uri = Listener.HubUri(chat, "realtime", alice.Token);
        using var socket = new ClientWebSocket();
        socket.Options.SetRequestHeader("Origin", Clients.AddressOf(chat, page).GetLeftPart(UriPartial.Authority));

        await socket.ConnectAsync(uri, default);

        Assert.Equal(WebSocketState.Open, socket.State);
    }

    [Theory]
    [InlineData("realtime", true)]
    [InlineData("realtime2", false)]
    public async Task Ending_a_session_closes_its_connections_with_the_reason(string node, bool onlyThisSession)
    {
        var (alice, bob) = (await _backstage.PersonAsync("alice"), await _backstage.PersonAsync("bob"));
        var bobs = await _backstage.ConversationAsync(bob);
        await using var signedOut = await Listener.ConnectAsync(chat, node, alice.Token);
        await using var other = await Listener.ConnectAsync(chat, node, bob.Token);

        await _backstage.AnnounceAsync(new SessionEnded(alice.Id, Guid.CreateVersion7()));
        await _backstage.AnnounceAsync(new SessionEnded(alice.Id, onlyThisSession ? alice.SessionId : null));

        var reason = await signedOut.Closing;
        Assert.Equal("signedOut", reason.GetProperty("code").GetString());
        Assert.False(reason.GetProperty("reconnect").GetBoolean());
        await signedOut.Closed;
        await _backstage.PublishAsync(bobs, rev: 1);
        await other.HearsAsync(bobs, 1);
    }

    [Fact]
    public async Task A_connection_ends_with_its_access_token_and_is_told_to_come_back()
    {
        using var alice = await Person.RegisterAsync(chat, "alice");
        var nearlyOver = await TokenMint.MakeAsync(chat, AccessTokens.Lifetime - TimeSpan.FromSeconds(10), alice);
        await using var listener = await Listener.ConnectAsync(chat, "realtime", nearlyOver);

        var reason = await listener.Closing;

        Assert.Equal("tokenExpired", reason.GetProperty("code").GetString());
        Assert.True(reason.GetProperty("reconnect").GetBoolean());
        await listener.Closed;
    }

    [Fact]
    public async Task Another_session_of_the_same_user_stays()
    {
        var alice = await _backstage.PersonAsync("alice");
        var conversation = await _backstage.ConversationAsync(alice);
        await using var stays = await Listener.ConnectAsync(chat, "realtime", alice.Token);

        await _backstage.AnnounceAsync(new SessionEnded(alice.Id, Guid.CreateVersion7()));
        await _backstage.PublishAsync(conversation, rev: 1);

        await stays.HearsAsync(conversation, 1);
    }

    [Fact]
    public async Task One_connection_too_many_is_closed_with_the_reason_and_the_others_stay()
    {
        var alice = await _backstage.PersonAsync("alice");
        var conversation = await _backstage.ConversationAsync(alice);
        var connected = new List<Listener>();
        for (var i = 0; i < 20; i++)
        {
            connected.Add(await Listener.ConnectAsync(chat, "realtime", alice.Token));
        }

        await using var refused = await Listener.StartAsync(chat, "realtime", alice.Token);
        var reason = await refused.Closing;
        await _backstage.PublishAsync(conversation, rev: 1);

        Assert.Equal("tooManyConnections", reason.GetProperty("code").GetString());
        foreach (var listener in connected)
        {
            await listener.HearsAsync(conversation, 1);
            await listener.DisposeAsync();
        }
    }

    public async Task InitializeAsync() => _backstage = await Backstage.OpenAsync(chat);

    public async Task DisposeAsync() => await _backstage.DisposeAsync();
}
