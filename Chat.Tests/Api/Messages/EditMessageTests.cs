using System.Net;
using System.Text;
using Chat.Tests.Support;

namespace Chat.Tests.Api.Messages;

[Collection(ChatCollection.Name)]
public sealed class EditMessageTests(ChatApplication chat)
{
    [Fact]
    public async Task An_edit_takes_a_rev_is_pushed_and_read_by_all_and_keeps_what_was_said_before()
    {
        using var sender = await Person.RegisterAsync(chat, "sender");
        using var reader = await Person.RegisterAsync(chat, "reader", service: "api2");
        var group = await sender.CreateGroupAsync(reader);
        var sent = await sender.Client.SendAsync(group.Id, "first");
        var known = await reader.Client.HistoryAsync(group.Id);
        await using var listener = await Listener.ConnectAsync(chat, "realtime2", reader.SignIn.AccessToken);

        var edited = await sender.Client.EditAsync(group.Id, 1, "second");
        var heard = await listener.HearsAsync(group.Id, edited.Rev);
        await sender.Client.EditAsync(group.Id, 1, "third");

        Assert.Equal((sent.Seq, sent.Rev + 1, "second", sent.CreatedAt), (edited.Seq, edited.Rev, edited.Text, edited.CreatedAt));
        Assert.NotNull(edited.EditedAt);
        Assert.Equal("messageChanged", heard.GetProperty("type").GetString());
        Assert.Equal("second", heard.GetProperty("message").GetProperty("text").GetString());
        var changes = await reader.Client.ChangesAsync(group.Id, known.ChangesToken);
        Assert.Equal(("third", sent.Rev + 2), (Assert.Single(changes.Messages).Text, changes.Rev));
        Assert.Equal("third", (await reader.Client.ConversationAsync(group.Id)).LastMessage!.Text);
        Assert.Equal([("second", edited.Rev + 1), ("first", edited.Rev)], (await reader.Client.VersionsAsync(group.Id, 1)).Items.Select(v => (v.Text, v.Rev)));
    }

    [Fact]
    public async Task The_same_edit_again_and_in_parallel_takes_one_rev()
    {
        using var sender = await Person.RegisterAsync(chat, "sender");
        using var elsewhere = sender.At(chat, "api2");
        var group = await sender.CreateGroupAsync();
        var sent = await sender.Client.SendAsync(group.Id, "before");

        var answers = await Task.WhenAll(Enumerable.Range(0, 20)
            .Select(n => (n % 2 == 0 ? sender.Client : elsewhere).EditAsync(group.Id, 1, "after")));

        Assert.All(answers, answer => Assert.Equal(answers[0], answer));
        Assert.Equal(sent.Rev + 1, (await sender.Client.ConversationAsync(group.Id)).LastRev);
        Assert.Single((await sender.Client.VersionsAsync(group.Id, 1)).Items);
    }

    [Fact]
    public async Task Revs_are_dense_whatever_is_sent_edited_and_pinned_at_once_over_two_replicas()
    {
        using var owner = await Person.RegisterAsync(chat, "owner");
        using var member = await Person.RegisterAsync(chat, "member", service: "api2");
        var group = await owner.CreateGroupAsync(member);
        await Task.WhenAll(Enumerable.Range(0, 10).Select(n => owner.Client.SendAsync(group.Id, $"before {n}")));
        var start = (await owner.Client.ConversationAsync(group.Id)).LastRev;

        var work = Enumerable.Range(1, 10).SelectMany(seq => new[]
        {
            owner.Client.EditAsync(group.Id, seq, "one"), owner.Client.EditAsync(group.Id, seq, "two"),
            member.Client.SendAsync(group.Id), owner.Client.SendAsync(group.Id),
        });
        var pins = Enumerable.Range(1, 10).Select(seq => member.Client.PinAsync(group.Id, seq)).ToArray();
        var written = await Task.WhenAll(work);
        await Task.WhenAll(pins);

        var conversation = await owner.Client.ConversationAsync(group.Id);
        Assert.Equal(30, conversation.LastSeq);
        Assert.Equal(start + 50, conversation.LastRev);
        Assert.Equal(40, written.Select(m => m.Rev).Distinct().Count());
        Assert.Equal(50, await CountAsync($"changes where conversation_id = '{group.Id}' and rev > {start}"));
    }

    [Fact]
    public async Task Only_the_sender_edits()
    {
        using var sender = await Person.RegisterAsync(chat, "sender");
        using var owner = await Person.RegisterAsync(chat, "owner", service: "api2");
        var group = await owner.CreateGroupAsync(sender);
        var sent = await sender.Client.SendAsync(group.Id, "mine");

        using var answer = await owner.Client.TryEditAsync(group.Id, 1, "yours");

        await Problem.ReadAsync(answer, HttpStatusCode.Forbidden, "forbidden");
        Assert.Equal(sent, await sender.Client.MessageAsync(group.Id, 1));
    }

    [Theory]
    [InlineData("invalid-request", """{"text":""}""")]
    [InlineData("invalid-request", """{"text":"\u200b"}""")]
    [InlineData("malformed-request", """{"text":null}""")]
    [InlineData("malformed-request", """{"text":["x"]}""")]
    [InlineData("malformed-request", "{}")]
    [InlineData("malformed-request", "")]
    public async Task A_bad_edit_changes_nothing(string problem, string body)
    {
        using var sender = await Person.RegisterAsync(chat, "sender");
        var group = await sender.CreateGroupAsync();
        var sent = await sender.Client.SendAsync(group.Id);

        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var answer = await sender.Client.PatchAsync(Conversing.Address(group.Id, 1), content);

        await Problem.ReadAsync(answer, HttpStatusCode.BadRequest, problem);
        Assert.Equal(sent, await sender.Client.MessageAsync(group.Id, 1));
    }

    [Fact]
    public async Task Earlier_versions_are_paged_and_a_page_out_of_bounds_is_refused()
    {
        using var sender = await Person.RegisterAsync(chat, "sender");
        var group = await sender.CreateGroupAsync();
        await sender.Client.SendAsync(group.Id, "0");
        for (var n = 1; n <= 5; n++)
        {
            await sender.Client.EditAsync(group.Id, 1, $"{n}");
        }

        var texts = new List<string>();
        var page = await sender.Client.VersionsAsync(group.Id, 1, "?limit=2");
        for (; page.Next is { } next; page = await sender.Client.VersionsAsync(group.Id, 1, $"?limit=2&before={next}"))
        {
            texts.AddRange(page.Items.Select(v => v.Text));
        }

        Assert.Equal(["4", "3", "2", "1", "0"], texts.Concat(page.Items.Select(v => v.Text)));
        foreach (var query in new[] { "?limit=0", "?before=0" })
        {
            using var refused = await sender.Client.GetAsync($"{Conversing.Address(group.Id, 1)}/history{query}");
            await Problem.ReadAsync(refused, HttpStatusCode.BadRequest, "invalid-request");
        }
    }

    [Fact]
    public async Task No_index_of_messages_stands_on_a_column_that_a_change_writes()
    {
        await using var database = await chat.OwnerAsync();
        await using var indexed = database.CreateCommand("""
            select array_agg(distinct attname::text order by attname::text)
            from pg_index join pg_attribute on attrelid = indrelid and attnum = any (indkey)
            where indrelid = 'messages'::regclass
            """);

        Assert.Equal(["client_id", "conversation_id", "sender_id", "seq", "thread_root"], (string[])(await indexed.ExecuteScalarAsync())!);
    }

    private async Task<long> CountAsync(string from)
    {
        await using var database = await chat.OwnerAsync();
        await using var count = database.CreateCommand($"select count(*) from {from}");
        return (long)(await count.ExecuteScalarAsync())!;
    }
}
