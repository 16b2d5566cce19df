using Chat.Contracts.Messages;
using Chat.Tests.Support;

namespace Chat.Tests.Api.Messages;

[Collection(ChatCollection.Name)]
public sealed class HistoryTests(ChatApplication chat)
{
    [Fact]
    public async Task Pages_backwards_and_forwards_cover_the_history_once()
    {
        using var member = await Person.RegisterAsync(chat, "member");
        var group = await member.CreateGroupAsync();
        var sent = new List<Message>();
        for (var n = 1; n <= 25; n++)
        {
            sent.Add(await member.Client.SendAsync(group.Id, $"message {n}"));
        }

        Assert.Equal(sent, await PagesAsync("before", first: ""));
        Assert.Equal(sent, await PagesAsync("after", first: "&after=0"));

        async Task<List<Message>> PagesAsync(string direction, string first)
        {
            var pages = new List<MessagePage> { await member.Client.HistoryAsync(group.Id, $"?limit=10{first}") };
            while (pages[^1].Next is { } next)
            {
                pages.Add(await member.Client.HistoryAsync(group.Id, $"?limit=10&{direction}={next}"));
            }

            Assert.Equal([10, 10, 5], pages.Select(page => page.Items.Count));
            Assert.All(pages, page => Assert.Equal(sent[^1].Rev, page.Rev));
            return [.. pages.SelectMany(page => page.Items).OrderBy(m => m.Seq)];
        }
    }

    [Fact]
    public async Task A_page_beyond_the_history_is_empty_and_the_last()
    {
        using var member = await Person.RegisterAsync(chat, "member");
        var group = await member.CreateGroupAsync();
        await member.Client.SendAsync(group.Id);

        var beyond = await member.Client.HistoryAsync(group.Id, "?after=1");
        var beforeFirst = await member.Client.HistoryAsync(group.Id, "?before=1");

        Assert.All([beyond, beforeFirst], page => Assert.Equal((0, null), (page.Items.Count, page.Next)));
    }

    [Fact]
    public async Task Who_joins_late_or_comes_back_sees_the_whole_history()
    {
        using var owner = await Person.RegisterAsync(chat, "owner");
        using var member = await Person.RegisterAsync(chat, "member");
        var group = await owner.CreateGroupAsync();
        await owner.Client.SendAsync(group.Id, "before");
        await owner.Client.AddAsync(group.Id, member.Id);
        await member.Client.RemoveAsync(group.Id, member.Id);
        await owner.Client.SendAsync(group.Id, "meanwhile");
        await owner.Client.AddAsync(group.Id, member.Id);

        var page = await member.Client.HistoryAsync(group.Id);

        Assert.Equal(["before", "meanwhile"], page.Items.Select(m => m.Text));
    }
}
