using System.Net;
using System.Text.Json;
using Chat.Contracts.Conversations;
using Chat.Data.Compaction;
using Chat.Data.Conversations;
using Chat.Tests.Support;
using Npgsql;

namespace Chat.Tests.Api.Conversations;

/// <summary>What somebody does on one device reaches their other devices, and nobody else.</summary>
[Collection(ChatCollection.Name)]
public sealed class OwnChangesTests(ChatApplication chat)
{
    [Fact]
    public async Task A_reaction_on_the_phone_is_known_to_the_laptop_and_to_no_one_else()
    {
        using var phone = await Person.RegisterAsync(chat, "ada");
        using var laptop = await phone.SignInAgainAsync(chat, "api2");
        using var other = await Person.RegisterAsync(chat, "other");
        var group = await phone.CreateGroupAsync(other);
        await other.Client.SendAsync(group.Id);
        var (known, others) = (await laptop.Client.OwnChangesAsync(), await other.Client.OwnChangesAsync());
        await using var hears = await Listener.ConnectAsync(chat, "realtime2", laptop.SignIn.AccessToken);
        await using var otherHears = await Listener.ConnectAsync(chat, "realtime2", other.SignIn.AccessToken);

        await phone.Client.ReactAsync(group.Id, 1, "👍");
        await phone.Client.ReactAsync(group.Id, 1, "🎉");
        await phone.Client.ReactAsync(group.Id, 1, "🎉");
        await phone.Client.TakeBackAsync(group.Id, 1, "👍");
        await hears.HearsAsync("of the third change", e => IsOwnChange(e) && e.GetProperty("rev").GetInt64() == known.Rev + 3);
        var changes = await laptop.Client.OwnChangesAsync(known.Next);

        var message = Assert.Single(changes.Messages);
        Assert.Equal((group.Id, 1, false), (message.ConversationId, message.Seq, message.Hidden));
        Assert.Equal(["🎉"], message.Reactions);
        Assert.Empty(changes.Conversations);
        Assert.Equal((known.Rev + 3, false), (changes.Rev, changes.More));
        Assert.Equal(others.Next, (await other.Client.OwnChangesAsync(others.Next)).Next);
        Assert.DoesNotContain(otherHears.Events, IsOwnChange);
    }

    [Fact]
    public async Task Conversations_joined_and_left_are_told_each_once_and_of_those_left_nothing_but_that()
    {
        using var owner = await Person.RegisterAsync(chat, "owner");
        using var member = await Person.RegisterAsync(chat, "member", service: "api2");
        var known = await member.Client.OwnChangesAsync();
        var (stays, leaves, comesBack) = (await owner.CreateGroupAsync(member), await owner.CreateGroupAsync(member), await owner.CreateGroupAsync(member));
        await owner.Client.SendAsync(leaves.Id);
        await member.Client.ReactAsync(leaves.Id, 1, "👍");
        await member.Client.RemoveAsync(leaves.Id, member.Id);
        await owner.Client.RemoveAsync(comesBack.Id, member.Id);
        await owner.Client.AddAsync(comesBack.Id, member.Id);

        var pages = new List<OwnChangePage> { await member.Client.OwnChangesAsync(known.Next, "&limit=2") };
        while (pages[^1].More)
        {
            pages.Add(await member.Client.OwnChangesAsync(pages[^1].Next, "&limit=2"));
        }

        var told = pages.SelectMany(page => page.Conversations).GroupBy(c => c.ConversationId).ToDictionary(c => c.Key, c => c.Last().Conversation);
        // Seven changes, unless the worker has just removed those that later ones supersede.
        Assert.InRange(pages.Count, 2, 4);
        Assert.Equal(new[] { stays.Id, leaves.Id, comesBack.Id }.Order(), told.Keys.Order());
        Assert.Null(told[leaves.Id]);
        Assert.Equivalent(await member.Client.ConversationAsync(stays.Id), told[stays.Id]);
        Assert.Equivalent(await member.Client.ConversationAsync(comesBack.Id), told[comesBack.Id]);
        Assert.All(pages, page => Assert.Empty(page.Messages));
    }

    [Fact]
    public async Task Sending_and_hearing_messages_changes_nothing_in_ones_own_stream()
    {
        using var sender = await Person.RegisterAsync(chat, "sender");
        using var reader = await Person.RegisterAsync(chat, "reader");
        var group = await sender.CreateGroupAsync(reader);
        var known = await sender.Client.OwnChangesAsync();

        await sender.Client.SendAsync(group.Id);
        await reader.Client.SendAsync(group.Id);
        await reader.Client.ReactAsync(group.Id, 1, "👍");

        Assert.Equivalent(known, await sender.Client.OwnChangesAsync(known.Next));
    }

    [Fact]
    public async Task A_message_that_was_hidden_is_told_as_hidden()
    {
        using var reader = await Person.RegisterAsync(chat, "reader");
        var group = await reader.CreateGroupAsync();
        await reader.Client.SendAsync(group.Id);
        var known = await reader.Client.OwnChangesAsync();
        await chat.ExecuteAsync($"""
            insert into hidden_messages (user_id, conversation_id, seq) values ('{reader.Id}', '{group.Id}', 1);
            insert into user_changes (user_id, rev, conversation_id, seq) values ('{reader.Id}', {known.Rev + 1}, '{group.Id}', 1);
            update user_streams set last_rev = last_rev + 1 where user_id = '{reader.Id}'
            """);

        Assert.True(Assert.Single((await reader.Client.OwnChangesAsync(known.Next)).Messages).Hidden);
    }

    [Fact]
    public async Task Compaction_changes_nothing_for_any_token_but_those_from_before_what_is_kept()
    {
        using var member = await Person.RegisterAsync(chat, "member");
        var (group, other) = (await member.CreateGroupAsync(), await member.CreateGroupAsync());
        await member.Client.SendAsync(group.Id);
        for (var n = 0; n < 5; n++)
        {
            await member.Client.ReactAsync(group.Id, 1, "👍");
            await member.Client.TakeBackAsync(group.Id, 1, "👍");
        }

        // A recount changes the conversation, which is told as it is at the time.
        await Eventually.HoldsAsync("the reactions are counted", ChatApplication.Patience, () =>
            chat.ReadAsync<bool>($"select not exists (select from recount_queue where conversation_id = '{group.Id}')"));
        var before = await ToldAsync();
        await CompactAsync(keep: 10_000);
        Assert.Equal(before, await ToldAsync());
        Assert.Equal(3, await chat.ReadAsync<long>($"select count(*) from user_changes where user_id = '{member.Id}'"));

        await CompactAsync(keep: 1);
        Assert.Equal(1, await chat.ReadAsync<long>($"select count(*) from user_changes where user_id = '{member.Id}'"));
        Assert.Single((await member.Client.OwnChangesAsync(await TokenAsync(11))).Messages);
        await IsGoneAsync(member, await TokenAsync(10));

        async Task<List<string>> ToldAsync()
        {
            var told = new List<string>();
            for (var rev = 0; rev <= 12; rev++)
            {
                var page = await member.Client.OwnChangesAsync(await TokenAsync(rev));
                told.Add(JsonSerializer.Serialize(page));
            }

            return told;
        }

        Task CompactAsync(long keep) => Eventually.HoldsAsync("the stream is compacted", ChatApplication.Patience, async () =>
        {
            await using var database = NpgsqlDataSource.Create(await chat.ConnectionStringAsync("pgbouncer"));
            await chat.ExecuteAsync($"update user_streams set compact_at = '-infinity' where user_id = '{member.Id}'");
            await CompactUserStreams.RunAsync(
                database, new CompactionBounds(keep, TimeSpan.FromDays(30), Worthwhile: 1, Every: TimeSpan.FromDays(9)), CancellationToken.None);
            return await chat.ReadAsync<bool>($"select compact_at > now() + interval '8 days' from user_streams where user_id = '{member.Id}'");
        });
    }

    [Fact]
    public async Task A_token_of_another_history_or_of_the_future_is_gone()
    {
        using var member = await Person.RegisterAsync(chat, "member");
        await member.CreateGroupAsync();

        await IsGoneAsync(member, new ChangesToken(Guid.NewGuid(), 1).ToString());
        await IsGoneAsync(member, await TokenAsync(2));
    }

    [Theory]
    [InlineData("?since=")]
    [InlineData("?since=7")]
    [InlineData("?since=%00")]
    [InlineData("?since=!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!")]
    [InlineData("?limit=0")]
    [InlineData("?since=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA&limit=101")]
    public async Task What_is_no_token_or_no_limit_is_refused(string query)
    {
        using var member = await Person.RegisterAsync(chat, "member");

        using var answer = await member.Client.GetAsync($"/api/changes{query}");

        await Problem.ReadAsync(answer, HttpStatusCode.BadRequest, "invalid-request");
    }

    [Fact]
    public async Task Somebody_without_a_stream_has_a_token_and_no_changes()
    {
        using var newcomer = await Person.RegisterAsync(chat, "newcomer");

        var first = await newcomer.Client.OwnChangesAsync();

        Assert.Equivalent(first, await newcomer.Client.OwnChangesAsync(first.Next));
        Assert.Equal((0, false), (first.Rev, first.More));
    }

    private static bool IsOwnChange(JsonElement e) => e.GetProperty("type").GetString() == "ownChanged";

    private async Task<string> TokenAsync(long rev) => new ChangesToken(await chat.ReadAsync<Guid>("select epoch from installation"), rev).ToString();

    private static async Task IsGoneAsync(Person person, string token)
    {
        using var answer = await person.Client.GetAsync($"/api/changes?since={token}");
        await Problem.ReadAsync(answer, HttpStatusCode.Gone, "changes-gone");
    }
}
