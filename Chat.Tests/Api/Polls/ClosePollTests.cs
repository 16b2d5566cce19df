using System.Net;
using Chat.Contracts.Messages;
using Chat.Tests.Support;
using Npgsql;

namespace Chat.Tests.Api.Polls;

/// <summary>The end of a poll, its new beginning, and its options.</summary>
[Collection(ChatCollection.Name)]
public sealed class ClosePollTests(ChatApplication chat)
{
    [Fact]
    public async Task The_author_and_an_admin_close_and_reopen_it_and_a_member_may_not()
    {
        using var owner = await Person.RegisterAsync(chat, "owner");
        using var author = await Person.RegisterAsync(chat, "author", service: "api2");
        using var member = await Person.RegisterAsync(chat, "member");
        using var admin = await Person.RegisterAsync(chat, "admin");
        var group = await owner.CreateGroupAsync(author, member, admin);
        await chat.ExecuteAsync($"update members set role = 'admin' where conversation_id = '{group.Id}' and user_id = '{admin.Id}'");
        await author.Client.SendPollAsync(group.Id, Poll());
        await using var listener = await Listener.ConnectAsync(chat, "realtime2", member.SignIn.AccessToken);

        var closed = await author.Client.ClosePollAsync(group.Id, 1);
        await listener.HearsAsync(group.Id, closed.Rev);
        using var vote = await member.Client.TryVoteAsync(group.Id, 1, 0);
        var again = await admin.Client.ClosePollAsync(group.Id, 1);
        using var refused = await member.Client.TryChangePollAsync(group.Id, 1, "reopen");
        var opened = await admin.Client.ReopenPollAsync(group.Id, 1);
        await member.Client.VoteAsync(group.Id, 1, 0);
        using var refusedToo = await member.Client.TryChangePollAsync(group.Id, 1, "close");
        await owner.Client.ClosePollAsync(group.Id, 1);
        using var withdraw = await member.Client.DeleteAsync($"{Conversing.Address(group.Id, 1)}/vote");

        Assert.NotNull(closed.Content!.Poll!.ClosedAt);
        Assert.Equal(closed.Rev, again.Rev);
        Assert.Null(opened.Content!.Poll!.ClosedAt);
        await Problem.ReadAsync(vote, HttpStatusCode.Conflict, "poll-closed");
        await Problem.ReadAsync(withdraw, HttpStatusCode.Conflict, "poll-closed");
        await Problem.ReadAsync(refused, HttpStatusCode.Forbidden, "forbidden");
        await Problem.ReadAsync(refusedToo, HttpStatusCode.Forbidden, "forbidden");
        // Whoever voted and did not hear the answer asks again.
        await member.Client.VoteAsync(group.Id, 1, 0);
    }

    [Fact]
    public async Task After_the_deadline_by_the_databases_clock_there_is_no_vote_until_it_is_reopened()
    {
        using var author = await Person.RegisterAsync(chat, "author");
        var group = await author.CreateGroupAsync();
        await author.Client.SendPollAsync(group.Id, Poll() with { ClosesAt = DateTimeOffset.UtcNow.AddHours(1) });
        await author.Client.VoteAsync(group.Id, 1, 0);
        await chat.ExecuteAsync($"""
            update messages set content = jsonb_set(content, array['poll', 'closesAt'], to_jsonb(clock_timestamp())) where conversation_id = '{group.Id}'
            """);

        using var vote = await author.Client.TryVoteAsync(group.Id, 1, 1);
        using var add = await author.Client.TryAddOptionAsync(group.Id, 1, "d");
        var opened = await author.Client.ReopenPollAsync(group.Id, 1);
        await author.Client.VoteAsync(group.Id, 1, 1);

        await Problem.ReadAsync(vote, HttpStatusCode.Conflict, "poll-closed");
        await Problem.ReadAsync(add, HttpStatusCode.Conflict, "poll-closed");
        Assert.Null(opened.Content!.Poll!.ClosesAt);
    }

    [Fact]
    public async Task Closing_waits_for_the_votes_under_way()
    {
        using var author = await Person.RegisterAsync(chat, "author");
        var group = await author.CreateGroupAsync();
        await author.Client.SendPollAsync(group.Id, Poll());
        await using var database = await chat.OwnerAsync();
        await using var voting = await database.OpenConnectionAsync();
        await using var transaction = await voting.BeginTransactionAsync();
        await using var vote = new NpgsqlCommand(
            $"select pg_advisory_xact_lock_shared(hashtextextended(concat_ws('/', 'poll', '{group.Id}'::uuid, 1), 0))", voting);
        await vote.ExecuteNonQueryAsync();

        var closing = author.Client.ClosePollAsync(group.Id, 1);
        await Eventually.HoldsAsync("it waits", ChatApplication.Patience, () => chat.ReadAsync<bool>(
            "select exists (select from pg_stat_activity where wait_event_type = 'Lock' and wait_event = 'advisory')"));
        Assert.False(closing.IsCompleted);
        await transaction.CommitAsync();

        Assert.NotNull((await closing).Content!.Poll!.ClosedAt);
    }

    [Fact]
    public async Task Options_are_added_by_the_author_and_by_members_where_the_poll_says_so_up_to_twenty()
    {
        using var author = await Person.RegisterAsync(chat, "author");
        using var member = await Person.RegisterAsync(chat, "member", service: "api2");
        var group = await author.CreateGroupAsync(member);
        await author.Client.SendPollAsync(group.Id, Poll());
        await author.Client.SendPollAsync(group.Id, Poll() with { MembersAddOptions = true });

        using var refused = await member.Client.TryAddOptionAsync(group.Id, 1, "d");
        await author.Client.VoteAsync(group.Id, 1, 0);
        await chat.IsCountedAsync(group.Id);
        var byAuthor = await author.Client.AddOptionAsync(group.Id, 1, "d");
        await member.Client.VoteAsync(group.Id, 1, 3);
        var byMember = await member.Client.AddOptionAsync(group.Id, 2, "d");
        var again = await author.Client.AddOptionAsync(group.Id, 2, "d");
        await Task.WhenAll(Enumerable.Range(0, 20).Select(async n => (await member.Client.TryAddOptionAsync(group.Id, 2, $"{n}")).Dispose()));
        using var tooMany = await member.Client.TryAddOptionAsync(group.Id, 2, "one more");

        await Problem.ReadAsync(refused, HttpStatusCode.Forbidden, "forbidden");
        await Problem.ReadAsync(tooMany, HttpStatusCode.Conflict, "too-many-options");
        Assert.Equal(["a", "b", "c", "d"], byAuthor.Content!.Poll!.Options);
        Assert.Equal([1, 0, 0, 0], byAuthor.Tally!.Counts);
        Assert.Equal(byMember.Rev, again.Rev);
        await chat.IsCountedAsync(group.Id);
        Assert.Equal([1, 0, 0, 1], (await author.Client.MessageAsync(group.Id, 1)).Tally!.Counts);
        Assert.Equal(20, (await author.Client.MessageAsync(group.Id, 2)).Content!.Poll!.Options.Distinct().Count());
    }

    [Theory]
    [InlineData("\"\"")]
    [InlineData("\" \"")]
    [InlineData("\"two\\nlines\"")]
    [InlineData("null")]
    public async Task A_bad_option_is_refused(string text)
    {
        using var author = await Person.RegisterAsync(chat, "author");
        var group = await author.CreateGroupAsync();
        await author.Client.SendPollAsync(group.Id, Poll());

        using var body = new StringContent($$"""{"text":{{text}}}""", System.Text.Encoding.UTF8, "application/json");
        using var answer = await author.Client.PostAsync($"{Conversing.Address(group.Id, 1)}/options", body);
        using var tooLong = await author.Client.TryAddOptionAsync(group.Id, 1, new string('x', 101));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        await Problem.ReadAsync(tooLong, HttpStatusCode.BadRequest, "invalid-request");
        Assert.Equal(2, (await author.Client.ConversationAsync(group.Id)).LastRev);
    }

    private static SendPollRequest Poll() => new(Guid.NewGuid(), "Which?", ["a", "b", "c"]);
}
