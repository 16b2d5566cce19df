using System.Text.Json;
using Chat.Tests.Support;

namespace Chat.Tests.Realtime;

/// <summary>What is committed and never pushed is heard of all the same. Here heads are compared every second.</summary>
[Collection(ChatCollection.Name)]
public sealed class HeadsTests(ChatApplication chat) : IAsyncLifetime
{
    private Backstage _backstage = null!;

    [Fact]
    public async Task A_lost_last_push_is_told_by_its_head_to_the_members_and_to_nobody_else()
    {
        var (member, outsider) = (await _backstage.PersonAsync("member"), await _backstage.PersonAsync("outsider"));
        var conversation = await _backstage.ConversationAsync(member);
        var outsiders = await _backstage.ConversationAsync(outsider);
        await using var first = await Listener.ConnectAsync(chat, "realtime", member.Token);
        await using var second = await Listener.ConnectAsync(chat, "realtime2", member.Token);
        await using var other = await Listener.ConnectAsync(chat, "realtime", outsider.Token);

        await _backstage.MessageAsync(conversation, 1, member);
        await _backstage.MessageAsync(outsiders, 1, outsider);

        await first.IsToldAsync("heads", told => Rev(told, conversation) == 1);
        await second.IsToldAsync("heads", told => Rev(told, conversation) == 1);
        await other.IsToldAsync("heads", told => Rev(told, outsiders) == 1);
        Assert.DoesNotContain(other.Said("heads"), told => Rev(told, conversation) is not null);
    }

    [Fact]
    public async Task What_was_pushed_is_not_told_again()
    {
        var member = await _backstage.PersonAsync("member");
        var (pushed, lost) = (await _backstage.ConversationAsync(member), await _backstage.ConversationAsync(member));
        await using var listener = await Listener.ConnectAsync(chat, "realtime", member.Token);

        await _backstage.MessageAsync(pushed, 1, member);
        await _backstage.PublishAsync(pushed, rev: 1);
        await listener.HearsAsync(pushed, 1);
        await _backstage.MessageAsync(lost, 1, member);
        await listener.IsToldAsync("heads", told => Rev(told, lost) == 1);

        Assert.DoesNotContain(listener.Said("heads"), told => Rev(told, pushed) is not null);
    }

    [Fact]
    public async Task Who_comes_back_is_told_how_far_everything_has_come()
    {
        using var member = await Person.RegisterAsync(chat, "member");
        var group = await member.CreateGroupAsync();
        await using (await Listener.ConnectAsync(chat, "realtime", member.SignIn.AccessToken))
        {
        }

        var sent = await member.Client.SendAsync(group.Id);
        var own = await member.Client.OwnChangesAsync();
        await using var back = await Listener.ConnectAsync(chat, "realtime", member.SignIn.AccessToken);

        var ready = back.Said("ready").Single();
        Assert.Equal(sent.Rev, Rev(ready, group.Id));
        Assert.True(ready.GetProperty("ownRev").GetInt64() > 0, $"{own}");
        Assert.Equal(0, ready.GetProperty("catchUpWithin").GetInt32());
    }

    [Fact]
    public async Task A_lost_word_of_the_users_own_stream_is_told_as_well()
    {
        var member = await _backstage.PersonAsync("member");
        await using var listener = await Listener.ConnectAsync(chat, "realtime", member.Token);

        await _backstage.OwnStreamAsync(member, rev: 7);

        await listener.IsToldAsync("heads", told => told.GetProperty("ownRev") is { ValueKind: JsonValueKind.Number } rev && rev.GetInt64() == 7);
    }

    public async Task InitializeAsync() => _backstage = await Backstage.OpenAsync(chat);

    public async Task DisposeAsync() => await _backstage.DisposeAsync();

    private static long? Rev(JsonElement told, Guid conversation) =>
        told.GetProperty("heads").TryGetProperty($"{conversation}", out var rev) ? rev.GetInt64() : null;
}
