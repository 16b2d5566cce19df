using System.Net;
using Chat.Contracts.Messages;
using Chat.Tests.Support;

namespace Chat.Tests.Api.Polls;

/// <summary>Votes: who has one, what becomes of it, who is told.</summary>
[Collection(ChatCollection.Name)]
public sealed class PollTests(ChatApplication chat)
{
    [Fact]
    public async Task A_vote_reaches_the_others_as_a_count_and_the_voters_other_device_as_their_own()
    {
        using var author = await Person.RegisterAsync(chat, "author");
        using var voter = await Person.RegisterAsync(chat, "voter", service: "api2");
        using var outsider = await Person.RegisterAsync(chat, "outsider");
        var group = await author.CreateGroupAsync(voter);
        await author.Client.SendPollAsync(group.Id, Poll());
        var since = (await voter.Client.OwnChangesAsync()).Next;
        await using var authors = await Listener.ConnectAsync(chat, "realtime", author.SignIn.AccessToken);
        await using var laptop = await Listener.ConnectAsync(chat, "realtime2", voter.SignIn.AccessToken);
        await using var outsiders = await Listener.ConnectAsync(chat, "realtime2", outsider.SignIn.AccessToken);

        await voter.Client.VoteAsync(group.Id, 1, 1);
        var heard = await authors.HearsAsync("the count", e => e.GetProperty("type").GetString() == "messageChanged");
        await laptop.HearsAsync("that something of their own changed", e => e.GetProperty("type").GetString() == "ownChanged");

        var tally = heard.GetProperty("message").GetProperty("tally");
        Assert.Equal((1, "[0,1,0]"), (tally.GetProperty("voters").GetInt32(), tally.GetProperty("counts").GetRawText()));
        var own = Assert.Single((await voter.Client.OwnChangesAsync(since)).Messages);
        Assert.Equal([1], own.Vote);
        Assert.Equal([1], Assert.Single((await voter.Client.HistoryAsync(group.Id)).Mine).Vote);
        Assert.Empty((await author.Client.HistoryAsync(group.Id)).Mine);
        Assert.DoesNotContain(authors.Events, e => e.GetProperty("type").GetString() == "ownChanged");
        Assert.False(outsiders.HasHeard(group.Id));
    }

    [Fact]
    public async Task A_vote_is_changed_and_withdrawn_and_doing_it_again_changes_nothing()
    {
        using var author = await Person.RegisterAsync(chat, "author");
        using var elsewhere = author.At(chat, "api2");
        var group = await author.CreateGroupAsync();
        await author.Client.SendPollAsync(group.Id, Poll());

        await author.Client.VoteAsync(group.Id, 1, 0);
        Assert.Equal("1: 1 0 0", await TallyAsync(author, group.Id));
        await elsewhere.VoteAsync(group.Id, 1, 2);
        Assert.Equal("1: 0 0 1", await TallyAsync(author, group.Id));
        var rev = (await author.Client.ConversationAsync(group.Id)).LastRev;
        await author.Client.VoteAsync(group.Id, 1, 2);
        Assert.Equal("1: 0 0 1", await TallyAsync(author, group.Id));
        Assert.Equal(rev, (await author.Client.ConversationAsync(group.Id)).LastRev);
        await author.Client.WithdrawAsync(group.Id, 1);
        await elsewhere.WithdrawAsync(group.Id, 1);

        Assert.Equal("0:", await TallyAsync(author, group.Id));
        Assert.Empty((await author.Client.HistoryAsync(group.Id)).Mine);
    }

    [Fact]
    public async Task Where_one_may_choose_one_option_votes_that_race_leave_one()
    {
        using var author = await Person.RegisterAsync(chat, "author");
        using var elsewhere = author.At(chat, "api2");
        var group = await author.CreateGroupAsync();
        for (var seq = 1; seq <= 5; seq++)
        {
            await author.Client.SendPollAsync(group.Id, Poll());
            await Task.WhenAll(Enumerable.Range(0, 9).Select(n => (n % 2 == 0 ? author.Client : elsewhere).VoteAsync(group.Id, seq, n % 3)));
        }

        await chat.IsCountedAsync(group.Id);
        var page = await author.Client.HistoryAsync(group.Id);
        Assert.All(page.Items, poll => Assert.Equal((1, 1), (poll.Tally!.Voters, poll.Tally.Counts.Sum())));
        Assert.Equal(page.Items.Select(poll => poll.Tally!.Counts.ToList().IndexOf(1)), page.Mine.Select(own => Assert.Single(own.Vote!)));
    }

    [Fact]
    public async Task Where_one_may_choose_several_each_counts_and_the_person_once()
    {
        using var author = await Person.RegisterAsync(chat, "author");
        using var voter = await Person.RegisterAsync(chat, "voter");
        var group = await author.CreateGroupAsync(voter);
        await author.Client.SendPollAsync(group.Id, Poll() with { Multiple = true });

        await author.Client.VoteAsync(group.Id, 1, 2, 0);
        await voter.Client.VoteAsync(group.Id, 1, 0);

        Assert.Equal("2: 2 0 1", await TallyAsync(author, group.Id));
        Assert.Equal([0, 2], Assert.Single((await author.Client.HistoryAsync(group.Id)).Mine).Vote);
    }

    [Fact]
    public async Task Who_voted_is_told_page_by_page_and_by_option()
    {
        var people = await Task.WhenAll(Enumerable.Range(0, 3).Select(n => Person.RegisterAsync(chat, $"person{n}", $"Person {n}")));
        var group = await people[0].CreateGroupAsync(people[1..]);
        await people[0].Client.SendPollAsync(group.Id, Poll());
        await Task.WhenAll(people.Select((person, n) => person.Client.VoteAsync(group.Id, 1, n == 2 ? 1 : 0)));

        var first = await people[1].Client.VotersAsync(group.Id, 1, "?limit=2");
        var second = await people[1].Client.VotersAsync(group.Id, 1, $"?limit=2&after={first.Next}");
        var byOption = await people[1].Client.VotersAsync(group.Id, 1, "?option=1");

        Assert.Equal(people.Select(p => p.Id).Order(), first.Items.Concat(second.Items).Select(v => v.UserId));
        Assert.Null(second.Next);
        Assert.Equal(("Person 2", people[2].Id), (Assert.Single(byOption.Items).DisplayName, byOption.Items[0].UserId));
        Assert.Equal([1], byOption.Items[0].Options);
        Array.ForEach(people, person => person.Dispose());
    }

    [Fact]
    public async Task Who_voted_in_an_anonymous_poll_nobody_is_told_not_even_the_author()
    {
        using var author = await Person.RegisterAsync(chat, "author");
        using var voter = await Person.RegisterAsync(chat, "voter");
        var group = await author.CreateGroupAsync(voter);
        await author.Client.SendPollAsync(group.Id, Poll() with { Anonymous = true });
        await voter.Client.VoteAsync(group.Id, 1, 1);

        Assert.Equal("1: 0 1 0", await TallyAsync(author, group.Id));
        Assert.Equal([1], Assert.Single((await voter.Client.HistoryAsync(group.Id)).Mine).Vote);
        foreach (var person in new[] { author, voter })
        {
            using var answer = await person.Client.GetAsync($"{Conversing.Address(group.Id, 1)}/votes");
            await Problem.ReadAsync(answer, HttpStatusCode.Forbidden, "anonymous-poll");
        }
    }

    [Theory]
    [InlineData("[]", HttpStatusCode.BadRequest, "invalid-request")]
    [InlineData("[0,0]", HttpStatusCode.BadRequest, "invalid-request")]
    [InlineData("[-1]", HttpStatusCode.BadRequest, "invalid-request")]
    [InlineData("[20]", HttpStatusCode.BadRequest, "invalid-request")]
    [InlineData("[2147483648]", HttpStatusCode.BadRequest, "malformed-request")]
    [InlineData("[\"0\"]", HttpStatusCode.BadRequest, "malformed-request")]
    [InlineData("null", HttpStatusCode.BadRequest, "malformed-request")]
    [InlineData("[3]", HttpStatusCode.UnprocessableEntity, "no-such-option")]
    [InlineData("[19]", HttpStatusCode.UnprocessableEntity, "no-such-option")]
    [InlineData("[0,1]", HttpStatusCode.UnprocessableEntity, "no-such-option")]
    public async Task A_vote_for_what_the_poll_does_not_offer_is_refused_and_changes_nothing(string options, HttpStatusCode status, string type)
    {
        using var voter = await Person.RegisterAsync(chat, "voter");
        var group = await voter.CreateGroupAsync();
        await voter.Client.SendPollAsync(group.Id, Poll());
        await voter.Client.SendPollAsync(group.Id, Poll() with { Options = ["a", "b", "c", "an option of another poll"], Multiple = true });
        await voter.Client.VoteAsync(group.Id, 1, 2);

        using var body = new StringContent($$"""{"options":{{options}}}""", System.Text.Encoding.UTF8, "application/json");
        using var answer = await voter.Client.PutAsync($"{Conversing.Address(group.Id, 1)}/vote", body);

        await Problem.ReadAsync(answer, status, type);
        Assert.Equal("1: 0 0 1", await TallyAsync(voter, group.Id));
    }

    [Fact]
    public async Task There_is_no_voting_on_a_text_or_on_a_deleted_poll_of_which_no_vote_is_left()
    {
        using var voter = await Person.RegisterAsync(chat, "voter");
        var group = await voter.CreateGroupAsync();
        await voter.Client.SendAsync(group.Id);
        await voter.Client.SendPollAsync(group.Id, Poll());
        await voter.Client.VoteAsync(group.Id, 2, 0);
        await voter.Client.DeleteMessageAsync(group.Id, 2);

        foreach (var (seq, type) in new[] { (1, "not-a-poll"), (2, "message-deleted") })
        {
            using var vote = await voter.Client.TryVoteAsync(group.Id, seq, 0);
            using var withdraw = await voter.Client.DeleteAsync($"{Conversing.Address(group.Id, seq)}/vote");
            using var close = await voter.Client.TryChangePollAsync(group.Id, seq, "close");
            using var reopen = await voter.Client.TryChangePollAsync(group.Id, seq, "reopen");
            using var add = await voter.Client.TryAddOptionAsync(group.Id, seq, "d");
            foreach (var answer in new[] { vote, withdraw, close, reopen, add })
            {
                await Problem.ReadAsync(answer, HttpStatusCode.Conflict, type);
            }
        }

        using var voters = await voter.Client.GetAsync($"{Conversing.Address(group.Id, 1)}/votes");
        await Problem.ReadAsync(voters, HttpStatusCode.Conflict, "not-a-poll");
        Assert.Null((await voter.Client.MessageAsync(group.Id, 2)).Tally);
        Assert.Equal(0, await chat.ReadAsync<long>($"select count(*) from votes where conversation_id = '{group.Id}'"));
    }

    private static SendPollRequest Poll() => new(Guid.NewGuid(), "Which?", ["a", "b", "c"]);

    /// <summary>How many voted, and how many for each option.</summary>
    private async Task<string> TallyAsync(Person reader, Guid conversation)
    {
        await chat.IsCountedAsync(conversation);
        return (await reader.Client.MessageAsync(conversation, 1)).Tally is { } tally ? $"{tally.Voters}: {string.Join(' ', tally.Counts)}" : "0:";
    }
}
