using System.Net;
using Chat.Contracts.Messages;
using Chat.Tests.Support;

namespace Chat.Tests.Api.Messages;

[Collection(ChatCollection.Name)]
public sealed class ReactionTests(ChatApplication chat)
{
    [Fact]
    public async Task Reacting_twice_stores_one_row_and_what_others_type_for_the_same_emoji_is_the_same()
    {
        using var sender = await Person.RegisterAsync(chat, "sender");
        using var reader = await Person.RegisterAsync(chat, "reader", service: "api2");
        var group = await sender.CreateGroupAsync(reader);
        await sender.Client.SendAsync(group.Id);

        await PutAsync(reader, group.Id, "❤");
        await PutAsync(reader, group.Id, "❤\uFE0F");
        await PutAsync(reader, group.Id, "👍🏽");
        await PutAsync(sender, group.Id, "❤");

        Assert.Equal(["❤\uFE0F", "❤\uFE0F", "👍🏽"], (await RowsAsync(group.Id)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_reaction_taken_back_is_gone_and_may_be_taken_back_again()
    {
        using var reader = await Person.RegisterAsync(chat, "reader");
        var group = await reader.CreateGroupAsync();
        await reader.Client.SendAsync(group.Id);
        await PutAsync(reader, group.Id, "🎉");
        await PutAsync(reader, group.Id, "👍");

        for (var attempt = 0; attempt < 2; attempt++)
        {
            using var answer = await reader.Client.DeleteAsync(Conversing.Reaction(group.Id, 1, "🎉"));
            Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        }

        Assert.Equal(["👍"], await RowsAsync(group.Id));
    }

    [Fact]
    public async Task A_page_shows_the_summary_and_no_rows()
    {
        using var reader = await Person.RegisterAsync(chat, "reader");
        var group = await reader.CreateGroupAsync();
        await reader.Client.SendAsync(group.Id);
        await RunAsync($$"""
            update messages set reactions = '[{"emoji": "👍", "count": 12, "firstUserIds": [], "names": ["Ada"]}]'
            where conversation_id = '{{group.Id}}'
            """);

        var summary = Assert.Single(Assert.Single((await reader.Client.HistoryAsync(group.Id)).Items).Reactions!);

        Assert.Equal(("👍", 12), (summary.Emoji, summary.Count));
        Assert.Equal(["Ada"], summary.Names);
    }

    [Fact]
    public async Task Of_many_emoji_sent_at_once_only_twenty_are_taken()
    {
        using var reader = await Person.RegisterAsync(chat, "reader");
        using var elsewhere = reader.At(chat, "api2");
        var group = await reader.CreateGroupAsync();
        for (var seq = 1; seq <= 5; seq++)
        {
            await reader.Client.SendAsync(group.Id);
            await RunAsync($"""
                insert into reactions (conversation_id, seq, user_id, emoji)
                select '{group.Id}', {seq}, '{reader.Id}', chr(128512 + n) from generate_series(1, 19) n
                """);

            var taken = await Task.WhenAll(Enumerable.Range(0, 16).Select(n => TakenAsync(
                n % 2 == 0 ? reader.Client : elsewhere, Conversing.Reaction(group.Id, seq, char.ConvertFromUtf32(0x1F680 + n)))));

            Assert.Single(taken, one => one);
        }

        Assert.Equal(20, (await RowsAsync(group.Id)).Count);
        Assert.True(await TakenAsync(reader.Client, Conversing.Reaction(group.Id, 1, char.ConvertFromUtf32(128513))), "one that is there already");

        static async Task<bool> TakenAsync(HttpClient client, string address)
        {
            using var answer = await client.PutAsync(address, content: null);
            if (answer.StatusCode != HttpStatusCode.NoContent)
            {
                await Problem.ReadAsync(answer, HttpStatusCode.Conflict, "too-many-reactions");
            }

            return answer.StatusCode == HttpStatusCode.NoContent;
        }
    }

    [Fact]
    public async Task Who_reacted_is_told_page_by_page_emoji_by_emoji_the_earliest_first()
    {
        var people = await Task.WhenAll(Enumerable.Range(0, 3).Select(n => Person.RegisterAsync(chat, $"person{n}", $"Person {n}")));
        var group = await people[0].CreateGroupAsync(people[1..]);
        await people[0].Client.SendAsync(group.Id);
        foreach (var (person, emoji) in new[] { (2, "🎉"), (1, "👍"), (0, "👍"), (2, "👍"), (0, "❤") })
        {
            await PutAsync(people[person], group.Id, emoji);
        }

        var pages = new List<ReactionList> { await people[1].Client.ReactionsAsync(group.Id, 1, "?limit=2") };
        while (pages[^1].Next is { } next)
        {
            pages.Add(await people[1].Client.ReactionsAsync(group.Id, 1, $"?limit=2&after={next}"));
        }

        var told = pages.SelectMany(page => page.Items).ToList();
        Assert.Equal(3, pages.Count);
        Assert.Equal(
            ["❤\uFE0F Person 0", "🎉 Person 2", "👍 Person 1", "👍 Person 0", "👍 Person 2"], told.Select(r => $"{r.Emoji} {r.DisplayName}"));
        var thumbs = await people[1].Client.ReactionsAsync(group.Id, 1, $"?emoji={Uri.EscapeDataString("👍")}&limit=2");
        Assert.Equal([people[1].Id, people[0].Id], thumbs.Items.Select(r => r.UserId));
        Assert.Equal([people[2].Id], (await people[1].Client.ReactionsAsync(group.Id, 1, $"?emoji={Uri.EscapeDataString("👍")}&after={thumbs.Next}")).Items.Select(r => r.UserId));
        await Eventually.HoldsAsync("the names of the first two are with the count", ChatApplication.Patience, async () =>
            (await people[1].Client.MessageAsync(group.Id, 1)).Reactions?.SingleOrDefault(r => r.Emoji == "👍") is { Count: 3, Names: ["Person 1", "Person 0"] });
        Array.ForEach(people, person => person.Dispose());
    }

    [Theory]
    [InlineData("?emoji=x", "emoji")]
    [InlineData("?after=x", "after")]
    [InlineData("?after=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "after")]
    [InlineData("?after=AZQAAAAAcACAAAAAAAAAAf____________8", "after")]
    [InlineData("?limit=0", "limit")]
    public async Task A_bad_question_for_who_reacted_is_refused_with_the_parameters_name(string query, string parameter)
    {
        using var reader = await Person.RegisterAsync(chat, "reader");
        var group = await reader.CreateGroupAsync();
        await reader.Client.SendAsync(group.Id);

        using var answer = await reader.Client.GetAsync($"{Conversing.Address(group.Id, 1)}/reactions{query}");

        Assert.Contains(parameter, (await Problem.ReadAsync(answer, HttpStatusCode.BadRequest, "invalid-request")).Errors!.Keys);
    }

    [Fact]
    public async Task Nobody_reacts_to_a_deleted_message()
    {
        using var reader = await Person.RegisterAsync(chat, "reader");
        var group = await reader.CreateGroupAsync();
        await reader.Client.SendAsync(group.Id);
        await reader.Client.DeleteMessageAsync(group.Id, 1);

        using var put = await reader.Client.PutAsync(Conversing.Reaction(group.Id, 1, "👍"), content: null);
        using var delete = await reader.Client.DeleteAsync(Conversing.Reaction(group.Id, 1, "👍"));

        await Problem.ReadAsync(put, HttpStatusCode.Conflict, "message-deleted");
        await Problem.ReadAsync(delete, HttpStatusCode.Conflict, "message-deleted");
        Assert.Empty(await RowsAsync(group.Id));
    }

    /// <summary>The web server cuts off what is no address any more, before anything of ours sees it.</summary>
    [Fact]
    public async Task An_emoji_of_a_megabyte_is_an_address_too_long()
    {
        using var reader = await Person.RegisterAsync(chat, "reader");
        var group = await reader.CreateGroupAsync();
        await reader.Client.SendAsync(group.Id);
        using var tcp = new System.Net.Sockets.TcpClient();
        await tcp.ConnectAsync(reader.Client.BaseAddress!.Host, reader.Client.BaseAddress.Port);
        using var answer = new StreamReader(tcp.GetStream());

        var sending = tcp.GetStream().WriteAsync(System.Text.Encoding.ASCII.GetBytes(
            $"PUT /api/conversations/{group.Id}/messages/1/reactions/{new string('x', 1_000_000)} HTTP/1.1\r\nHost: x\r\n\r\n")).AsTask();
        var status = await answer.ReadLineAsync().WaitAsync(ChatApplication.Patience);
        await Task.WhenAny(sending);

        Assert.StartsWith("HTTP/1.1 414", status, StringComparison.Ordinal);
        Assert.Empty(await RowsAsync(group.Id));
    }

    [Theory]
    [InlineData("x")]
    [InlineData("👍👍")]
    [InlineData(" 👍")]
    [InlineData("1")]
    [InlineData("❤\uFE0E")]
    [InlineData("👍\u0301")]
    [InlineData("👩\u200D")]
    public async Task What_is_not_one_emoji_is_refused(string text)
    {
        using var reader = await Person.RegisterAsync(chat, "reader");
        var group = await reader.CreateGroupAsync();
        await reader.Client.SendAsync(group.Id);

        using var put = await reader.Client.PutAsync(Conversing.Reaction(group.Id, 1, text), content: null);
        using var delete = await reader.Client.DeleteAsync(Conversing.Reaction(group.Id, 1, text));

        await Problem.ReadAsync(put, HttpStatusCode.BadRequest, "invalid-request");
        await Problem.ReadAsync(delete, HttpStatusCode.BadRequest, "invalid-request");
        Assert.Empty(await RowsAsync(group.Id));
    }

    [Fact]
    public async Task Three_hundred_emoji_in_one_are_refused()
    {
        using var reader = await Person.RegisterAsync(chat, "reader");
        var group = await reader.CreateGroupAsync();
        await reader.Client.SendAsync(group.Id);

        var endless = string.Join("\u200D", Enumerable.Repeat("👩", 300));
        using var put = await reader.Client.PutAsync(Conversing.Reaction(group.Id, 1, endless), content: null);

        await Problem.ReadAsync(put, HttpStatusCode.BadRequest, "invalid-request");
    }

    private static async Task PutAsync(Person person, Guid conversation, string emoji)
    {
        using var answer = await person.Client.PutAsync(Conversing.Reaction(conversation, 1, emoji), content: null);
        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
    }

    private async Task RunAsync(string sql)
    {
        await using var database = await chat.OwnerAsync();
        await using var command = database.CreateCommand(sql);
        Assert.True(await command.ExecuteNonQueryAsync() > 0);
    }

    private async Task<List<string>> RowsAsync(Guid conversation)
    {
        await using var database = await chat.OwnerAsync();
        await using var command = database.CreateCommand($"select emoji from reactions where conversation_id = '{conversation}' and seq = 1");
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<string>();
        while (await reader.ReadAsync())
        {
            rows.Add(reader.GetString(0));
        }

        return rows;
    }
}
