using System.Net;
using Chat.Contracts;
using Chat.Contracts.Conversations;
using Chat.Contracts.Messages;
using Chat.Data.Blocks;
using Chat.Tests.Support;
using Npgsql;

namespace Chat.Tests.Api;

[Collection(ChatCollection.Name)]
public sealed class BlockTests(ChatApplication chat)
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Whoever_of_the_two_blocks_nothing_is_sent_in_their_direct_conversation_until_it_ends(bool senderBlocks)
    {
        using var sender = await Person.RegisterAsync(chat, "sender");
        using var receiver = await Person.RegisterAsync(chat, "receiver", service: "api2");
        var direct = await sender.CreateDirectAsync(receiver);
        var before = await sender.Client.SendAsync(direct.Id, "before");
        await sender.Client.SendPollAsync(direct.Id, new SendPollRequest(Guid.NewGuid(), "Lunch?", ["yes", "no"]));
        await sender.Client.VoteAsync(direct.Id, 2, 0);
        await sender.Client.ReactAsync(direct.Id, 2, "👍");
        var (blocker, blocked) = senderBlocks ? (sender, receiver) : (receiver, sender);

        await blocker.Client.BlockAsync(blocked.Id);

        var poll = new SendPollRequest(Guid.NewGuid(), "Why?", ["a", "b"]);
        using var text = await sender.Client.TrySendAsync(direct.Id, "anybody there?");
        using var polls = await sender.Client.TrySendPollAsync(direct.Id, poll);
        using var mention = await sender.Client.TrySendAsync(direct.Id, new SendMessageRequest(Guid.NewGuid(), "you", MentionsEveryone: true));
        using var edit = await sender.Client.TryEditAsync(direct.Id, 1, "anybody there?");
        using var pin = await sender.Client.PutAsync($"{Conversing.Address(direct.Id, 1)}/pin", content: null);
        using var react = await sender.Client.PutAsync(Conversing.Reaction(direct.Id, 1, "👋"), content: null);
        using var vote = await sender.Client.TryVoteAsync(direct.Id, 2, 1);
        using var option = await sender.Client.TryAddOptionAsync(direct.Id, 2, "perhaps");
        foreach (var answer in new[] { text, polls, mention, edit, pin, react, vote, option })
        {
            await Problem.ReadAsync(answer, HttpStatusCode.Forbidden, "blocked");
        }

        Assert.Equal(before, await sender.Client.SendAsync(direct.Id, "before", before.ClientId));
        Assert.Equal(2, (await receiver.Client.ConversationAsync(direct.Id)).LastSeq);
        await sender.Client.TakeBackAsync(direct.Id, 2, "👍");
        await sender.Client.WithdrawAsync(direct.Id, 2);
        await sender.Client.ClosePollAsync(direct.Id, 2);
        using var reopen = await sender.Client.TryChangePollAsync(direct.Id, 2, "reopen");
        await Problem.ReadAsync(reopen, HttpStatusCode.Forbidden, "blocked");
        await sender.Client.DeleteMessageAsync(direct.Id, 1);
        await blocker.Client.UnblockAsync(blocked.Id);
        Assert.Equal(3, (await sender.Client.SendAsync(direct.Id, "after")).Seq);
    }

    [Fact]
    public async Task In_groups_both_go_on_writing_and_other_direct_conversations_are_not_touched()
    {
        using var one = await Person.RegisterAsync(chat, "one");
        using var other = await Person.RegisterAsync(chat, "other");
        using var third = await Person.RegisterAsync(chat, "third");
        var (group, direct) = (await one.CreateGroupAsync(other), await one.CreateDirectAsync(third));

        await one.Client.BlockAsync(other.Id);

        await other.Client.SendAsync(group.Id);
        await one.Client.SendAsync(group.Id);
        await third.Client.SendAsync(direct.Id);
    }

    [Fact]
    public async Task Who_is_blocked_begins_no_direct_conversation_and_adds_the_blocker_to_nothing()
    {
        using var blocker = await Person.RegisterAsync(chat, "blocker");
        using var blocked = await Person.RegisterAsync(chat, "blocked");
        await blocker.Client.BlockAsync(blocked.Id);
        var group = await blocked.CreateGroupAsync();

        using var begins = await blocked.Client.TryCreateDirectAsync(blocker.Id);
        using var begun = await blocker.Client.TryCreateDirectAsync(blocked.Id);
        using var adds = await blocked.Client.TryAddAsync(group.Id, blocker.Id);

        await Problem.ReadAsync(begins, HttpStatusCode.Forbidden, "blocked");
        await Problem.ReadAsync(begun, HttpStatusCode.Forbidden, "blocked");
        await Problem.ReadAsync(adds, HttpStatusCode.BadRequest, "invalid-request");
        Assert.Empty((await blocker.Client.ConversationsAsync()).Items);
    }

    [Fact]
    public async Task An_existing_direct_conversation_is_still_found_by_both()
    {
        using var blocker = await Person.RegisterAsync(chat, "blocker");
        using var blocked = await Person.RegisterAsync(chat, "blocked");
        var direct = await blocker.CreateDirectAsync(blocked);
        await blocker.Client.BlockAsync(blocked.Id);

        var found = await Conversing.ReadAsync(blocked.Client.TryCreateDirectAsync(blocker.Id), HttpStatusCode.OK, ContractsJson.Default.Conversation);

        Assert.Equal(direct.Id, found.Id);
    }

    [Fact]
    public async Task The_list_is_the_blockers_own_in_pages_and_blocking_twice_is_once()
    {
        using var blocker = await Person.RegisterAsync(chat, "blocker");
        using var one = await Person.RegisterAsync(chat, "one");
        using var other = await Person.RegisterAsync(chat, "other");
        await blocker.Client.BlockAsync(one.Id);
        await blocker.Client.BlockAsync(one.Id);
        await blocker.Client.BlockAsync(other.Id);

        var first = await ListAsync(blocker, "?limit=1");
        var second = await ListAsync(blocker, $"?limit=1&after={first.Next}");

        Assert.Equal([(one.Id, one.UserName), (other.Id, other.UserName)], first.Items.Concat(second.Items).Select(user => (user.Id, user.UserName)));
        Assert.Null(second.Next);
        Assert.Empty((await ListAsync(one, "")).Items);
        using var bad = await blocker.Client.GetAsync("/api/blocks?after=x");
        await Problem.ReadAsync(bad, HttpStatusCode.BadRequest, "invalid-request");
    }

    [Fact]
    public async Task Oneself_and_who_is_not_there_are_not_blocked_nor_more_than_so_many()
    {
        using var blocker = await Person.RegisterAsync(chat, "blocker");
        using var other = await Person.RegisterAsync(chat, "other");
        using var oneself = await blocker.Client.PutAsync($"/api/blocks/{blocker.Id}", content: null);
        using var nobody = await blocker.Client.PutAsync($"/api/blocks/{Guid.CreateVersion7()}", content: null);
        await chat.ExecuteAsync($"""
            with many as (
                insert into users (id, user_name, normalized_user_name, display_name)
                select gen_random_uuid(), 'b' || n || substr('{blocker.Id}', 25), 'B' || n || substr('{blocker.Id}', 25), 'Many' from generate_series(1, {ConversationLimits.BlocksMax}) n
                returning id)
            insert into blocks (user_id, blocked_id) select '{blocker.Id}', id from many
            """);
        using var tooMany = await blocker.Client.PutAsync($"/api/blocks/{other.Id}", content: null);

        await Problem.ReadAsync(oneself, HttpStatusCode.BadRequest, "invalid-request");
        await Problem.ReadAsync(nobody, HttpStatusCode.NotFound, "not-found");
        await Problem.ReadAsync(tooMany, HttpStatusCode.Conflict, "too-many-blocks");
    }

    [Fact]
    public async Task Neither_of_the_two_is_to_see_the_other_online()
    {
        using var blocker = await Person.RegisterAsync(chat, "blocker");
        using var blocked = await Person.RegisterAsync(chat, "blocked");
        using var friend = await Person.RegisterAsync(chat, "friend");
        await blocker.Client.BlockAsync(blocked.Id);
        await using var database = NpgsqlDataSource.Create(await chat.ConnectionStringAsync("pgbouncer"));

        var fromBlocker = await ReadBlocks.HiddenAsync(database, blocker.Id, [blocked.Id, friend.Id], CancellationToken.None);
        var fromBlocked = await ReadBlocks.HiddenAsync(database, blocked.Id, [blocker.Id, friend.Id], CancellationToken.None);

        Assert.Equal([blocked.Id], fromBlocker);
        Assert.Equal([blocker.Id], fromBlocked);
    }

    private static Task<BlockList> ListAsync(Person person, string query) =>
        Conversing.ReadAsync(person.Client.GetAsync($"/api/blocks{query}"), HttpStatusCode.OK, ContractsJson.Default.BlockList);
}
