using Chat.Contracts.Conversations;
using Chat.Tests.Support;

namespace Chat.Tests.Api.ReadState;

/// <summary>Everything read at once, and what is to be read again: on all devices of one person, and on nobody else's.</summary>
[Collection(ChatCollection.Name)]
public sealed class MarkTests(ChatApplication chat)
{
    [Fact]
    public async Task A_mark_as_unread_reaches_the_other_devices_leaves_the_cursor_and_ends_with_reading()
    {
        using var phone = await Person.RegisterAsync(chat, "reader");
        using var laptop = await phone.SignInAgainAsync(chat, "api2");
        using var sender = await Person.RegisterAsync(chat, "sender");
        var group = (await phone.CreateGroupAsync(sender)).Id;
        await sender.Client.SendAsync(group);
        await phone.Client.ReadUpToAsync(group, 1);
        var (known, others) = (await laptop.Client.OwnChangesAsync(), await sender.Client.OwnChangesAsync());
        await using var hears = await Listener.ConnectAsync(chat, "realtime2", laptop.SignIn.AccessToken);

        await phone.Client.MarkUnreadAsync(group);
        await phone.Client.MarkUnreadAsync(group);
        await hears.HearsAsync("of the mark", e => IsOwnChange(e, known.Rev + 1));
        var marked = await laptop.Client.OwnChangesAsync(known.Next);
        await laptop.Client.ReadUpToAsync(group, 1);
        await hears.HearsAsync("of its end", e => IsOwnChange(e, known.Rev + 2));
        var read = await laptop.Client.OwnChangesAsync(marked.Next);

        Assert.Equal((true, 1, 0), Me(marked));
        Assert.Equal((false, 1, 0), Me(read));
        Assert.Equal((known.Rev + 2, false), (read.Rev, read.More));
        Assert.Equal(others.Next, (await sender.Client.OwnChangesAsync(others.Next)).Next);
        Assert.False(Assert.Single((await sender.Client.ConversationsAsync()).Items).Me.MarkedUnread);

        (bool, long, long) Me(OwnChangePage page) =>
            Assert.Single(page.Conversations).Conversation!.Me is { } me ? (me.MarkedUnread, me.ReadSeq, me.Unread) : default;
    }

    [Fact]
    public async Task Reading_further_and_sending_end_a_mark_too()
    {
        using var reader = await Person.RegisterAsync(chat, "reader");
        using var sender = await Person.RegisterAsync(chat, "sender");
        var group = (await reader.CreateGroupAsync(sender)).Id;
        await sender.Client.SendAsync(group);

        await reader.Client.MarkUnreadAsync(group);
        Assert.Equal((true, 1), await MeAsync());
        Assert.Equal((1, 0), await reader.Client.ReadUpToAsync(group, 9) is var now ? (now.ReadSeq, now.Unread) : default);
        Assert.Equal((false, 0), await MeAsync());

        await reader.Client.MarkUnreadAsync(group);
        await reader.Client.DeliveredUpToAsync(group, 1);
        Assert.Equal((true, 0), await MeAsync());
        await reader.Client.SendAsync(group);
        Assert.Equal((false, 0), await MeAsync());

        async Task<(bool, long)> MeAsync() =>
            Assert.Single((await reader.Client.ConversationsAsync()).Items).Me is var me ? (me.MarkedUnread, me.Unread) : default;
    }

    [Fact]
    public async Task Everything_is_read_at_once_also_while_the_reader_sends_and_others_stay_as_they_are()
    {
        using var reader = await Person.RegisterAsync(chat, "reader");
        using var elsewhere = reader.At(chat, "api2");
        using var sender = await Person.RegisterAsync(chat, "sender");
        var groups = new List<Guid>();
        for (var n = 0; n < 5; n++)
        {
            groups.Add((await sender.CreateGroupAsync(reader)).Id);
            await sender.Client.SendAsync(groups[n]);
        }

        await reader.Client.MarkUnreadAsync(groups[0]);
        await reader.Client.MarkUnreadAsync(groups[1]);
        await sender.Client.MarkUnreadAsync(groups[1]);
        var known = await reader.Client.OwnChangesAsync();

        await Task.WhenAll(
            reader.Client.MarkAllReadAsync(), elsewhere.MarkAllReadAsync(), elsewhere.SendAsync(groups[4]), elsewhere.SendAsync(groups[3]));
        await reader.Client.MarkAllReadAsync();

        Assert.All((await reader.Client.ConversationsAsync()).Items, c => Assert.Equal((0, false), (c.Me.Unread, c.Me.MarkedUnread)));
        var changes = await elsewhere.OwnChangesAsync(known.Next);
        Assert.Equal(groups[..2].Order(), changes.Conversations.Select(c => c.ConversationId).Order());
        Assert.Equal(known.Rev + 2, changes.Rev);
        var others = (await sender.Client.ConversationsAsync()).Items.ToDictionary(c => c.Id, c => c.Me);
        Assert.True(others[groups[1]].MarkedUnread);
        Assert.Equal(1, others[groups[4]].Unread);
    }

    private static bool IsOwnChange(System.Text.Json.JsonElement e, long rev) =>
        e.GetProperty("type").GetString() == "ownChanged" && e.GetProperty("rev").GetInt64() == rev;
}
