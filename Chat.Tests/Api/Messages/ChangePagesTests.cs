using Chat.Contracts.Messages;
using Chat.Tests.Support;

namespace Chat.Tests.Api.Messages;

/// <summary>Pages of changes are bounded by rows and by bytes, whatever is in them, and cover everything.</summary>
[Collection(ChatCollection.Name)]
public sealed class ChangePagesTests(ChatApplication chat)
{
    [Fact]
    public async Task Long_messages_come_in_pages_of_bounded_size_and_each_of_them_once()
    {
        using var sender = await Person.RegisterAsync(chat, "sender");
        using var reader = await Person.RegisterAsync(chat, "reader", service: "api2");
        var group = await sender.CreateGroupAsync(reader);
        var text = new string('ж', MessageLimits.TextMax);
        await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => sender.Client.SendAsync(group.Id, text)));

        var pages = await reader.Client.AllChangesAsync(group.Id, group.ChangesToken!);

        // 20,000 bytes each: the fourteenth reaches 256 KB.
        Assert.Equal([14, 14, 12], pages.Select(page => page.Messages.Count));
        Assert.Equal(Enumerable.Range(1, 40).Select(n => (long)n), pages.SelectMany(page => page.Messages).Select(m => m.Seq));
        Assert.Equal((await reader.Client.HistoryAsync(group.Id)).Rev, pages[^1].Rev);
    }

    [Fact]
    public async Task What_is_cut_off_at_a_pages_end_is_not_lost_where_it_was_changed_twice()
    {
        using var sender = await Person.RegisterAsync(chat, "sender");
        var group = await sender.CreateGroupAsync();
        for (var n = 0; n < 20; n++)
        {
            await sender.Client.SendAsync(group.Id, new string((char)('a' + n), MessageLimits.TextMax));
        }

        // The first message is in the page twice, and its later change falls behind the end.
        await chat.ChangeAsync(group.Id, seq: 1, $"repeat('z', {2 * ChangeLimits.PageBytes})");
        await chat.ChangeAsync(group.Id, seq: 2, $"repeat('z', {2 * ChangeLimits.PageBytes})");
        var pages = await sender.Client.AllChangesAsync(group.Id, group.ChangesToken!);

        Assert.Equal([19, 1], pages.Select(page => page.Messages.Count));
        Assert.Equal([.. Enumerable.Range(3, 18).Select(n => (long)n), 1, 2], pages.SelectMany(page => page.Messages).Select(m => m.Seq));
    }

    [Fact]
    public async Task What_somebody_has_hidden_comes_back_to_them_by_no_change_and_to_the_others_it_does()
    {
        using var reader = await Person.RegisterAsync(chat, "reader");
        using var other = await Person.RegisterAsync(chat, "other");
        var group = await reader.CreateGroupAsync(other);
        await other.Client.SendAsync(group.Id, "hidden");
        await other.Client.SendAsync(group.Id, "seen");
        await chat.ExecuteAsync($"insert into hidden_messages (user_id, conversation_id, seq) values ('{reader.Id}', '{group.Id}', 1)");
        await chat.ChangeAsync(group.Id, seq: 1, "'changed'");

        var (readers, others) = (await reader.Client.ChangesAsync(group.Id, group.ChangesToken!), await other.Client.ChangesAsync(group.Id, group.ChangesToken!));

        Assert.Equal(["seen"], readers.Messages.Select(m => m.Text));
        Assert.Equal(["seen", "changed"], others.Messages.Select(m => m.Text));
        Assert.Equal((others.Next, false), (readers.Next, readers.More));
    }

    [Fact]
    public async Task A_client_that_was_away_for_long_is_advised_to_reload_and_may_ask_on()
    {
        using var member = await Person.RegisterAsync(chat, "member");
        var group = await member.CreateGroupAsync();
        await member.Client.SendAsync(group.Id);
        await chat.ExecuteAsync($"""
            with head as (update conversations set last_rev = last_rev + {ChangeLimits.ReloadBeyond} where id = '{group.Id}' returning last_rev)
            insert into changes (conversation_id, rev, seq)
            select '{group.Id}', n, 1 from head, generate_series(last_rev - {ChangeLimits.ReloadBeyond - 1}, last_rev) n
            """);

        var first = await member.Client.ChangesAsync(group.Id, group.ChangesToken!);
        var second = await member.Client.ChangesAsync(group.Id, first.Next);
        var pages = await member.Client.AllChangesAsync(group.Id, second.Next);

        Assert.Equal((true, true), (first.Reload, first.More));
        Assert.Equal((false, true), (second.Reload, second.More));
        Assert.False(pages[^1].More);
        Assert.Equal((await member.Client.ConversationAsync(group.Id)).ChangesToken, pages[^1].Next);
    }
}
