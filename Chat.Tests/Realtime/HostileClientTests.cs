using Chat.Tests.Support;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;

namespace Chat.Tests.Realtime;

/// <summary>What clients may send and leave unread.</summary>
[Collection(ChatCollection.Name)]
public sealed class HostileClientTests(ChatApplication chat) : IAsyncLifetime
{
    private Backstage _backstage = null!;

    [Theory]
    [InlineData("noSuchMethod")]
    [InlineData("OnConnectedAsync")]
    public async Task An_unknown_call_is_answered_with_an_error_and_the_connection_stays_usable(string method)
    {
        var alice = await _backstage.PersonAsync("alice");
        var conversation = await _backstage.ConversationAsync(alice);
        await using var listener = await Listener.ConnectAsync(chat, "realtime", alice.Token);

        await Assert.ThrowsAsync<HubException>(() => listener.Hub.InvokeAsync(method, 1, "two", new { three = 3 }));
        await _backstage.PublishAsync(conversation, rev: 1);

        await listener.HearsAsync(conversation, 1);
    }

    [Theory]
    [InlineData("not json")]
    [InlineData("""{"type":"one"}""")]
    [InlineData("""{"type":1,"target":7}""")]
    [InlineData("""[]""")]
    public async Task What_is_not_the_protocol_closes_the_connection_with_a_reason(string garbage)
    {
        var alice = await _backstage.PersonAsync("alice");
        using var client = await SilentReader.ConnectAsync(chat, "realtime", alice.Token);

        await client.SendAsync(garbage);

        Assert.Contains("\"error\":\"Connection closed with an error.\"", await client.ReadToEndAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_call_without_a_name_is_answered_and_who_then_falls_silent_is_closed()
    {
        var alice = await _backstage.PersonAsync("alice");
        using var client = await SilentReader.ConnectAsync(chat, "realtime", alice.Token);

        await client.SendAsync("""{"type":1,"invocationId":"1","target":"","arguments":[]}""");

        Assert.Contains("Method does not exist.", await client.ReadToEndAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_huge_frame_closes_the_connection_with_a_reason()
    {
        var alice = await _backstage.PersonAsync("alice");
        using var client = await SilentReader.ConnectAsync(chat, "realtime", alice.Token);

        await client.SendAsync($$"""{"type":1,"target":"x","arguments":["{{new string('x', 8000)}}"]}""");

        Assert.Contains("\"error\":\"Connection closed with an error.\"", await client.ReadToEndAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("noSuchMethod")]
    [InlineData("typing")]
    public async Task Who_calls_a_thousand_times_at_once_is_closed_with_the_reason_and_the_others_are_not(string method)
    {
        var (alice, bob) = (await _backstage.PersonAsync("alice"), await _backstage.PersonAsync("bob"));
        var conversation = await _backstage.ConversationAsync(alice, bob);
        await using var other = await Listener.ConnectAsync(chat, "realtime", bob.Token);
        await using var loud = await Listener.ConnectAsync(chat, "realtime", alice.Token);

        for (var i = 0; i < 1_000 && loud.Hub.State == HubConnectionState.Connected; i++)
        {
            await loud.Hub.SendAsync(method, conversation).ContinueWith(_ => { }, TaskScheduler.Default);
        }

        var reason = await loud.Closing;
        Assert.Equal(("tooManyCalls", true), (reason.GetProperty("code").GetString(), reason.GetProperty("reconnect").GetBoolean()));
        Assert.Equal(10_000, reason.GetProperty("after").GetInt32());
        await loud.Closed;
        await _backstage.PublishAsync(conversation, rev: 1);
        await other.HearsAsync(conversation, 1);
    }

    [Fact]
    public async Task Who_does_not_read_is_cut_off_while_the_others_go_on_hearing()
    {
        var (alice, bob) = (await _backstage.PersonAsync("alice"), await _backstage.PersonAsync("bob"));
        var conversation = await _backstage.ConversationAsync(alice, bob);
        await using var reads = await Listener.ConnectAsync(chat, "realtime", alice.Token);
        using var silent = await SilentReader.ConnectAsync(chat, "realtime", bob.Token);

        var text = new string('x', 20_000);
        var rev = 0;
        await Eventually.HoldsAsync("the silent one is cut off", ChatApplication.Patience, async () =>
        {
            for (var i = 0; i < 50; i++)
            {
                await _backstage.PublishAsync(conversation, ++rev, text: text);
            }

            await reads.HearsAsync(conversation, rev);
            return !silent.IsConnected;
        });

        Assert.Equal(Enumerable.Range(1, rev).Select(r => (long)r), reads.Revs(conversation).Order());
    }

    public async Task InitializeAsync() => _backstage = await Backstage.OpenAsync(chat);

    public async Task DisposeAsync() => await _backstage.DisposeAsync();
}
