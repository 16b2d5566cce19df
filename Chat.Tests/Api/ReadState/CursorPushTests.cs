using System.Text.Json;
using Chat.Contracts.ReadState;
using Chat.Tests.Support;

namespace Chat.Tests.Api.ReadState;

/// <summary>Who is told of what was read, how often, and above all who is not.</summary>
[Collection(ChatCollection.Name)]
public sealed class CursorPushTests(ChatApplication chat)
{
    [Fact]
    public async Task Members_and_ones_own_devices_hear_what_was_read_outsiders_and_removed_members_do_not()
    {
        using var reader = await Person.RegisterAsync(chat, "reader");
        using var member = await Person.RegisterAsync(chat, "member", service: "api2");
        using var removed = await Person.RegisterAsync(chat, "removed");
        using var outsider = await Person.RegisterAsync(chat, "outsider");
        var group = (await member.CreateGroupAsync(reader, removed)).Id;
        var theirs = (await outsider.CreateGroupAsync(removed)).Id;
        await member.Client.SendAsync(group);
        await using var memberHears = await ListenAsync(member, "realtime");
        await using var laptopHears = await ListenAsync(reader, "realtime2");
        await using var removedHears = await ListenAsync(removed, "realtime2");
        await using var outsiderHears = await ListenAsync(outsider, "realtime");
        var known = await reader.Client.OwnChangesAsync();

        await member.Client.RemoveAsync(group, removed.Id);
        await reader.Client.ReadUpToAsync(group, 1);
        var heard = await memberHears.HearsAsync("that it was read", e => IsMove(e, group));
        await laptopHears.HearsAsync("the same", e => IsMove(e, group));
        await removed.Client.SendAsync(theirs);
        await outsiderHears.HearsAsync(theirs, 2);
        await removedHears.HearsAsync(theirs, 2);

        var cursor = Assert.Single(heard.GetProperty("cursors").EnumerateArray().ToArray());
        Assert.Equal((reader.Id, 1, 1), (cursor.GetProperty("userId").GetGuid(), cursor.GetProperty("readSeq").GetInt64(), cursor.GetProperty("deliveredSeq").GetInt64()));
        Assert.False(heard.TryGetProperty("rev", out _));
        Assert.DoesNotContain(removedHears.Events, e => IsMove(e, group));
        Assert.False(outsiderHears.HasHeard(group));
        Assert.Equal(known.Next, (await reader.Client.OwnChangesAsync(known.Next)).Next);
    }

    [Fact]
    public async Task However_much_is_read_it_is_told_a_few_times_and_to_the_end()
    {
        const int Messages = 40;
        using var sender = await Person.RegisterAsync(chat, "sender");
        using var one = await Person.RegisterAsync(chat, "one");
        using var other = await Person.RegisterAsync(chat, "other");
        var group = (await sender.CreateGroupAsync(one, other)).Id;
        await Task.WhenAll(Enumerable.Range(0, Messages).Select(_ => sender.Client.SendAsync(group)));
        await using var hears = await ListenAsync(sender, "realtime2");
        var started = TimeProvider.System.GetTimestamp();

        await Task.WhenAll(Enumerable.Range(1, Messages).SelectMany(seq => new[] { one, other }.Select(p => p.Client.ReadUpToAsync(group, seq))));
        await hears.HearsAsync("that all was read by one", e => IsMove(e, group) && HasRead(e, one.Id, Messages));
        await hears.HearsAsync("that all was read by the other", e => IsMove(e, group) && HasRead(e, other.Id, Messages));

        var intervals = TimeProvider.System.GetElapsedTime(started) / TimeSpan.FromMilliseconds(250);
        Assert.InRange(hears.Events.Count(e => IsMove(e, group)), 1, (int)intervals + 1);
    }

    [Fact]
    public async Task Among_very_many_members_only_ones_own_devices_hear()
    {
        using var reader = await Person.RegisterAsync(chat, "reader");
        using var member = await Person.RegisterAsync(chat, "member");
        var (large, small) = ((await member.CreateGroupAsync(reader)).Id, (await member.CreateGroupAsync(reader)).Id);
        await member.Client.SendAsync(large);
        await member.Client.SendAsync(small);
        await chat.ExecuteAsync($"update conversations set member_count = {CursorLimits.PushedUpToMembers + 1} where id = '{large}'");
        await using var laptopHears = await ListenAsync(reader, "realtime2");
        await using var memberHears = await ListenAsync(member, "realtime2");

        await reader.Client.ReadUpToAsync(large, 1);
        await laptopHears.HearsAsync("what was read", e => IsMove(e, large) && HasRead(e, reader.Id, 1));
        await reader.Client.ReadUpToAsync(small, 1);
        await memberHears.HearsAsync("what was read among few", e => IsMove(e, small));

        Assert.DoesNotContain(memberHears.Events, e => IsMove(e, large));
    }

    private Task<Listener> ListenAsync(Person person, string node) => Listener.ConnectAsync(chat, node, person.SignIn.AccessToken);

    private static bool IsMove(JsonElement e, Guid conversation) =>
        e.GetProperty("type").GetString() == "cursorsMoved" && e.GetProperty("conversationId").GetGuid() == conversation;

    private static bool HasRead(JsonElement e, Guid user, long seq) => e.GetProperty("cursors").EnumerateArray()
        .Any(c => c.GetProperty("userId").GetGuid() == user && c.GetProperty("readSeq").GetInt64() == seq);
}
