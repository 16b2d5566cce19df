using Chat.Tests.Support;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;

namespace Chat.Tests.Realtime;

/// <summary>Who hears that somebody is writing.</summary>
[Collection(ChatCollection.Name)]
public sealed class TypingTests(ChatApplication chat) : IAsyncLifetime
{
    private Backstage _backstage = null!;

    [Fact]
    public async Task The_other_members_hear_it_on_every_node_and_neither_the_writer_nor_an_outsider_does()
    {
        var (alice, bob, oscar) = await PeopleAsync();
        var conversation = await _backstage.ConversationAsync(alice, bob);
        var all = await _backstage.ConversationAsync(alice, bob, oscar);
        await using var writer = await Listener.ConnectAsync(chat, "realtime", alice.Token);
        await using var near = await Listener.ConnectAsync(chat, "realtime", bob.Token);
        await using var far = await Listener.ConnectAsync(chat, "realtime2", bob.Token);
        await using var outsider = await Listener.ConnectAsync(chat, "realtime2", oscar.Token);

        await writer.Hub.InvokeAsync("typing", conversation);
        await writer.Hub.InvokeAsync("typing", all);

        foreach (var listener in (Listener[])[near, far])
        {
            var typing = await listener.IsToldAsync("typing", t => t.GetProperty("conversationId").GetGuid() == conversation);
            Assert.Equal(alice.Id, typing.GetProperty("userId").GetGuid());
        }

        await outsider.IsToldAsync("typing", t => t.GetProperty("conversationId").GetGuid() == all);
        Assert.Single(outsider.Said("typing"));
        Assert.Empty(writer.Said("typing"));
    }

    [Fact]
    public async Task Said_again_at_once_it_goes_nowhere_and_said_by_an_outsider_neither()
    {
        var (alice, bob, oscar) = await PeopleAsync();
        var (ours, next) = (await _backstage.ConversationAsync(alice, bob), await _backstage.ConversationAsync(alice, bob));
        await using var writer = await Listener.ConnectAsync(chat, "realtime", alice.Token);
        await using var outsider = await Listener.ConnectAsync(chat, "realtime", oscar.Token);
        await using var listener = await Listener.ConnectAsync(chat, "realtime", bob.Token);

        await outsider.Hub.InvokeAsync("typing", ours);
        await outsider.Hub.InvokeAsync("typing", Guid.NewGuid());
        for (var i = 0; i < 5; i++)
        {
            await writer.Hub.InvokeAsync("typing", ours);
        }

        await writer.Hub.InvokeAsync("typing", next);
        await listener.IsToldAsync("typing", t => t.GetProperty("conversationId").GetGuid() == next);

        var typing = Assert.Single(listener.Said("typing"), t => t.GetProperty("conversationId").GetGuid() == ours);
        Assert.Equal(alice.Id, typing.GetProperty("userId").GetGuid());
    }

    [Fact]
    public async Task Who_was_removed_hears_it_no_more_even_when_the_word_of_it_was_lost()
    {
        var (alice, bob, _) = await PeopleAsync();
        var (ours, next) = (await _backstage.ConversationAsync(alice, bob), await _backstage.ConversationAsync(alice, bob));
        await using var writer = await Listener.ConnectAsync(chat, "realtime", alice.Token);
        await using var removed = await Listener.ConnectAsync(chat, "realtime2", bob.Token);

        var version = await _backstage.RemoveAsync(ours, bob);
        await _backstage.PublishAsync(ours, rev: 1, membershipVersion: version);
        await writer.HearsAsync(ours, 1);
        await writer.Hub.InvokeAsync("typing", ours);
        await writer.Hub.InvokeAsync("typing", next);
        await removed.IsToldAsync("typing", t => t.GetProperty("conversationId").GetGuid() == next);

        Assert.DoesNotContain(removed.Said("typing"), t => t.GetProperty("conversationId").GetGuid() == ours);
    }

    [Theory]
    [InlineData("typing", "no id")]
    [InlineData("typing", 7)]
    [InlineData("typing", null)]
    [InlineData("watchPresence", "no list")]
    [InlineData("watchPresence", null)]
    [InlineData("setPresence", "offline")]
    [InlineData("setPresence", 1)]
    [InlineData("setPresence", null)]
    public async Task A_call_of_another_form_is_answered_with_an_error_and_the_connection_stays(string call, object? argument)
    {
        var alice = await _backstage.PersonAsync("alice");
        var conversation = await _backstage.ConversationAsync(alice);
        await using var listener = await Listener.ConnectAsync(chat, "realtime", alice.Token);

        await Assert.ThrowsAsync<HubException>(() => listener.Hub.InvokeAsync(call, argument));
        await Assert.ThrowsAsync<HubException>(() => listener.Hub.InvokeAsync(call));

        await _backstage.PublishAsync(conversation, rev: 1);
        await listener.HearsAsync(conversation, 1);
    }

    public async Task InitializeAsync() => _backstage = await Backstage.OpenAsync(chat);

    public async Task DisposeAsync() => await _backstage.DisposeAsync();

    private async Task<(Someone Alice, Someone Bob, Someone Oscar)> PeopleAsync() =>
        (await _backstage.PersonAsync("alice"), await _backstage.PersonAsync("bob"), await _backstage.PersonAsync("oscar"));
}
