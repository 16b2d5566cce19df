using System.Text.Json;
using Chat.Contracts.Events;
using Chat.Data.Presence;
using Chat.Tests.Support;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;
using StackExchange.Redis;

namespace Chat.Tests.Realtime;

/// <summary>Who is seen to be there, by whom. Here somebody has gone after a second.</summary>
[Collection(ChatCollection.Name)]
public sealed class PresenceTests(ChatApplication chat) : IAsyncLifetime
{
    private Backstage _backstage = null!;

    [Fact]
    public async Task A_watched_person_is_seen_to_come_to_be_away_and_to_go()
    {
        var (alice, bob) = await FriendsAsync();
        await using var watcher = await Listener.ConnectAsync(chat, "realtime", alice.Token);

        var before = await WatchAsync(watcher, bob.Id);
        var came = await Listener.ConnectAsync(chat, "realtime2", bob.Token);
        await SeesAsync(watcher, bob, "online");
        await came.Hub.InvokeAsync("setPresence", "away");
        await SeesAsync(watcher, bob, "away");
        await came.DisposeAsync();
        var gone = await SeesAsync(watcher, bob, "offline");

        Assert.Equal("offline", before.Single().State);
        Assert.Null(before.Single().LastSeen);
        Assert.InRange(gone.GetProperty("lastSeen").GetDateTimeOffset(), DateTimeOffset.UtcNow.AddMinutes(-2), DateTimeOffset.UtcNow.AddSeconds(5));
    }

    [Fact]
    public async Task Of_several_devices_the_most_present_counts_and_the_invisible_one_hides_all()
    {
        var (alice, bob) = await FriendsAsync();
        await using var watcher = await Listener.ConnectAsync(chat, "realtime", alice.Token);
        await using var desk = await Listener.ConnectAsync(chat, "realtime", bob.Token, presence: "away");
        await Eventually.HoldsAsync("away", ChatApplication.Patience, async () => (await WatchAsync(watcher, bob.Id)).Single().State == "away");

        await using var phone = await Listener.ConnectAsync(chat, "realtime2", bob.Token);
        await SeesAsync(watcher, bob, "online");
        await desk.Hub.InvokeAsync("setPresence", "invisible");

        await SeesAsync(watcher, bob, "offline");
    }

    [Fact]
    public async Task Who_begins_invisible_is_never_seen()
    {
        var (alice, bob) = await FriendsAsync();
        var carol = await _backstage.PersonAsync("carol");
        await _backstage.ConversationAsync(alice, carol);
        await using var watcher = await Listener.ConnectAsync(chat, "realtime", alice.Token);
        await WatchAsync(watcher, bob.Id, carol.Id);

        await using var invisible = await Listener.ConnectAsync(chat, "realtime2", bob.Token, presence: "invisible");
        await using var seen = await Listener.ConnectAsync(chat, "realtime2", carol.Token);
        await SeesAsync(watcher, carol, "online");

        Assert.DoesNotContain(watcher.Said("presence"), p => p.GetProperty("userId").GetGuid() == bob.Id);
    }

    [Fact]
    public async Task Strangers_and_those_who_do_not_exist_are_left_out_and_not_heard_of()
    {
        var (alice, bob) = await FriendsAsync();
        var stranger = await _backstage.PersonAsync("stranger");
        await using var watcher = await Listener.ConnectAsync(chat, "realtime", alice.Token);

        var answer = await WatchAsync(watcher, stranger.Id, Guid.NewGuid(), bob.Id, bob.Id);
        await using var theirs = await Listener.ConnectAsync(chat, "realtime", stranger.Token);
        await using var bobs = await Listener.ConnectAsync(chat, "realtime", bob.Token);
        await SeesAsync(watcher, bob, "online");

        Assert.Equal([bob.Id], answer.Select(p => p.UserId));
        Assert.DoesNotContain(watcher.Said("presence"), p => p.GetProperty("userId").GetGuid() == stranger.Id);
    }

    [Fact]
    public async Task Watching_others_ends_watching_those_before_and_a_hundred_is_the_most()
    {
        var (alice, bob) = await FriendsAsync();
        var carol = await _backstage.PersonAsync("carol");
        await _backstage.ConversationAsync(alice, carol);
        await using var watcher = await Listener.ConnectAsync(chat, "realtime", alice.Token);

        await WatchAsync(watcher, bob.Id);
        await WatchAsync(watcher, carol.Id);
        await Assert.ThrowsAsync<HubException>(() => WatchAsync(watcher, [.. Enumerable.Range(0, 101).Select(_ => Guid.Empty)]));
        await using var bobs = await Listener.ConnectAsync(chat, "realtime", bob.Token);
        await using var carols = await Listener.ConnectAsync(chat, "realtime", carol.Token);
        await SeesAsync(watcher, carol, "online");

        Assert.DoesNotContain(watcher.Said("presence"), p => p.GetProperty("userId").GetGuid() == bob.Id);
    }

    [Fact]
    public async Task What_a_dead_node_said_counts_no_more()
    {
        using var redis = await ConnectionMultiplexer.ConnectAsync(await chat.ConnectionStringAsync("redis"));
        var (past, now) = (new ClockAhead(TimeSpan.FromSeconds(-16)), TimeProvider.System);
        var (user, node) = (Guid.CreateVersion7(), $"{Guid.NewGuid():N}");
        var (then, store) = (new PresenceStore(redis, past), new PresenceStore(redis, now));

        await then.SignOfLifeAsync(node);
        await then.WriteAsync(node, [new KeptPresence(user, PresenceStates.Online, null)]);
        var dead = await store.ReadAsync([user]);
        await store.SignOfLifeAsync(node);
        var alive = await store.ReadAsync([user]);

        Assert.Equal(("offline", "online"), (dead.Single().State, alive.Single().State));
    }

    public async Task InitializeAsync() => _backstage = await Backstage.OpenAsync(chat);

    public async Task DisposeAsync() => await _backstage.DisposeAsync();

    private async Task<(Someone Alice, Someone Bob)> FriendsAsync()
    {
        var (alice, bob) = (await _backstage.PersonAsync("alice"), await _backstage.PersonAsync("bob"));
        await _backstage.ConversationAsync(alice, bob);
        return (alice, bob);
    }

    private static Task<UserPresence[]> WatchAsync(Listener watcher, params Guid[] users) =>
        watcher.Hub.InvokeAsync<UserPresence[]>("watchPresence", users);

    private static Task<JsonElement> SeesAsync(Listener watcher, Someone who, string state) => watcher.IsToldAsync(
        "presence", p => p.GetProperty("userId").GetGuid() == who.Id && p.GetProperty("state").GetString() == state);

    private sealed class ClockAhead(TimeSpan by) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + by;
    }
}
