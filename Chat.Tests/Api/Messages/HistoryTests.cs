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

        Assert.Equal(["before", "added one person", "left", "meanwhile", "added one person"], page.Items.Select(m => m.Text));
    }

    [Fact]
    public async Task A_page_around_a_message_has_it_in_the_middle_and_is_full_near_the_ends_too()
    {
        using var member = await Person.RegisterAsync(chat, "member");
        var group = await member.CreateGroupAsync();
        for (var n = 1; n <= 25; n++)
        {
            await member.Client.SendAsync(group.Id, $"message {n}");
        }

        Assert.Equal(Range(8, 10), await SeqsAsync("?around=13&limit=10"));
        Assert.Equal(Range(11, 5), await SeqsAsync("?around=13&limit=5"));
        Assert.Equal(Range(13, 1), await SeqsAsync("?around=13&limit=1"));
        Assert.Equal(Range(1, 10), await SeqsAsync("?around=2&limit=10"));
        Assert.Equal(Range(16, 10), await SeqsAsync("?around=25&limit=10"));
        Assert.Equal(Range(16, 10), await SeqsAsync($"?around={long.MaxValue}&limit=10"));
        Assert.Equal(Range(1, 25), await SeqsAsync("?around=13&limit=100"));

        static IEnumerable<long> Range(int first, int count) => Enumerable.Range(first, count).Select(n => (long)n);

        async Task<IEnumerable<long>> SeqsAsync(string query)
        {
            var page = await member.Client.HistoryAsync(group.Id, query);
            Assert.Equal((null, 25), (page.Next, page.LastSeq));
            return page.Items.Select(m => m.Seq);
        }
    }

    [Fact]
    public async Task A_page_tells_each_reader_their_own_reactions_and_nobody_elses()
    {
        using var reader = await Person.RegisterAsync(chat, "reader");
        using var other = await Person.RegisterAsync(chat, "other", service: "api2");
        var group = await reader.CreateGroupAsync(other);
        for (var n = 1; n <= 3; n++)
        {
            await reader.Client.SendAsync(group.Id);
        }

        await reader.Client.ReactAsync(group.Id, 1, "🎉");
        await reader.Client.ReactAsync(group.Id, 1, "👍");
        await other.Client.ReactAsync(group.Id, 1, "🎉");
        await other.Client.ReactAsync(group.Id, 3, "👀");

        Assert.Equal(["1 🎉👍"], await MineAsync(reader));
        Assert.Equal(["1 🎉", "3 👀"], await MineAsync(other));

        async Task<IEnumerable<string>> MineAsync(Person person) =>
            (await person.Client.HistoryAsync(group.Id)).Mine.Select(own => $"{own.Seq} {string.Concat(own.Emoji.Order(StringComparer.Ordinal))}");
    }

    [Fact]
    public async Task A_page_of_fifty_messages_is_small_in_every_script()
    {
        using var member = await Person.RegisterAsync(chat, "member");
        var group = await member.CreateGroupAsync();
        await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => member.Client.SendAsync(group.Id, new string('ж', 200))));

        var page = await member.Client.GetByteArrayAsync($"/api/conversations/{group.Id}/messages?limit=50");

        Assert.InRange(page.Length, 50 * 400, 40 * 1024);
    }
}
