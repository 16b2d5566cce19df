using System.Net;
using Chat.Contracts.Conversations;
using Chat.Data.Conversations;
using Chat.Tests.Support;
using Npgsql;

namespace Chat.Tests.Api.Conversations;

[Collection(ChatCollection.Name)]
public sealed class ListConversationsTests(ChatApplication chat)
{
    [Fact]
    public async Task The_latest_active_comes_first_in_pages_that_cover_all_once()
    {
        using var person = await Person.RegisterAsync(chat, "person");
        var groups = new List<Guid>();
        for (var n = 0; n < 5; n++)
        {
            groups.Add((await person.CreateGroupAsync()).Id);
        }

        await person.Client.SendAsync(groups[1], "makes it the latest");

        var first = await person.Client.ConversationsAsync("?limit=2");
        var second = await person.Client.ConversationsAsync($"?limit=2&after={first.Next}");
        var third = await person.Client.ConversationsAsync($"?limit=2&after={second.Next}");

        Assert.Equal([groups[1], groups[4], groups[3], groups[2], groups[0]],
            first.Items.Concat(second.Items).Concat(third.Items).Select(c => c.Id));
        Assert.Null(third.Next);
        Assert.Equal("makes it the latest", first.Items[0].LastMessage!.Text);
    }

    [Fact]
    public async Task Who_has_left_does_not_find_the_conversation_any_more()
    {
        using var owner = await Person.RegisterAsync(chat, "owner");
        using var member = await Person.RegisterAsync(chat, "member");
        var group = await owner.CreateGroupAsync(member);

        await member.Client.RemoveAsync(group.Id, member.Id);

        Assert.Empty((await member.Client.ConversationsAsync()).Items);
        Assert.Single((await owner.Client.ConversationsAsync()).Items);
    }

    [Fact]
    public async Task People_stand_once_in_a_list_and_its_items_name_them_by_their_place()
    {
        using var owner = await Person.RegisterAsync(chat, "owner", "Olga");
        using var member = await Person.RegisterAsync(chat, "member", "Mira");
        var (quiet, busy) = (await owner.CreateGroupAsync(member), await owner.CreateGroupAsync(member));
        await member.Client.SendAsync(busy.Id, new string('x', 150));

        var list = await owner.Client.ConversationsAsync();

        Assert.Equal([new MemberName(owner.Id, "Olga"), new(member.Id, "Mira")], list.Users);
        Assert.Equal([busy.Id, quiet.Id], list.Items.Select(c => c.Id));
        Assert.All(list.Items, c => Assert.Equal(["Olga", "Mira"], c.FirstMembers.Select(place => list.Users[place].DisplayName)));
        Assert.Equal(("Mira", new string('x', 100)), (list.Users[list.Items[0].LastMessage!.Sender].DisplayName, list.Items[0].LastMessage!.Text));
        Assert.Null(list.Items[1].LastMessage);
    }

    [Fact]
    public async Task Who_was_away_is_told_of_the_conversations_that_have_changed_and_not_of_the_others()
    {
        using var person = await Person.RegisterAsync(chat, "person");
        using var other = await Person.RegisterAsync(chat, "other");
        var groups = new List<Guid>();
        for (var n = 0; n < 7; n++)
        {
            groups.Add((await person.CreateGroupAsync(other)).Id);
            await other.Client.SendAsync(groups[n]);
        }

        // What was written just before may come once more: as long as an older transaction is under way.
        var known = await QuietAsync(person);
        await other.Client.EditAsync(groups[0], 1, "edited");
        await other.Client.SendAsync(groups[1]);
        await person.Client.ReadUpToAsync(groups[2], 1);
        await person.Client.MarkUnreadAsync(groups[3]);
        await other.Client.RemoveAsync(groups[4], other.Id);
        await other.Client.ReadUpToAsync(groups[5], 1);
        var joined = (await other.CreateGroupAsync(person)).Id;

        var first = await person.Client.ConversationsAsync($"?changedSince={known}&limit=4");
        var second = await person.Client.ConversationsAsync($"?changedSince={known}&limit=4&after={first.Next}");

        Assert.Equal(new[] { joined, groups[4], groups[1], groups[3], groups[2], groups[0] }, first.Items.Concat(second.Items).Select(c => c.Id));
        Assert.Null(second.Next);
    }

    [Fact]
    public async Task A_change_that_was_under_way_when_the_list_was_read_is_told_the_next_time()
    {
        using var person = await Person.RegisterAsync(chat, "person");
        var (group, other) = ((await person.CreateGroupAsync()).Id, (await person.CreateGroupAsync()).Id);
        await using var owner = await chat.OwnerAsync();
        await using var connection = await owner.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await using var change = new NpgsqlCommand($"update conversations set title = 'late' where id = '{group}'", connection);
        await change.ExecuteNonQueryAsync();
        await person.Client.SendAsync(other);

        var before = await person.Client.ConversationsAsync();
        await transaction.CommitAsync();
        var after = await person.Client.ConversationsAsync($"?changedSince={before.ChangesToken}");

        Assert.DoesNotContain("late", before.Items.Select(c => c.Title));
        Assert.Equal("late", after.Items.Single(c => c.Id == group).Title);
    }

    [Fact]
    public async Task A_token_of_another_history_or_of_the_future_is_gone()
    {
        using var person = await Person.RegisterAsync(chat, "person");
        var epoch = await chat.ReadAsync<Guid>("select epoch from installation");
        var now = await chat.ReadAsync<long>("select pg_snapshot_xmax(pg_current_snapshot())::text::bigint");

        foreach (var token in (ChangesToken[])[new(Guid.NewGuid(), 700), new(epoch, now + 1_000_000)])
        {
            using var answer = await person.Client.GetAsync($"/api/conversations?changedSince={token}");
            await Problem.ReadAsync(answer, HttpStatusCode.Gone, "changes-gone");
        }
    }

    [Theory]
    [InlineData("?changedSince=")]
    [InlineData("?changedSince=yesterday")]
    [InlineData("?limit=0")]
    [InlineData("?limit=101")]
    [InlineData("?after=x")]
    [InlineData("?after=________________________________")]
    [InlineData("?after=")]
    public async Task A_page_out_of_bounds_is_refused(string query)
    {
        using var person = await Person.RegisterAsync(chat, "person");

        using var answer = await person.Client.GetAsync($"/api/conversations{query}");

        await Problem.ReadAsync(answer, HttpStatusCode.BadRequest, "invalid-request");
    }

    /// <summary>A token that what was done before comes no more with.</summary>
    private static async Task<string> QuietAsync(Person person)
    {
        var token = "";
        await Eventually.HoldsAsync("nothing has changed", ChatApplication.Patience, async () =>
        {
            token = (await person.Client.ConversationsAsync()).ChangesToken;
            return (await person.Client.ConversationsAsync($"?changedSince={token}")).Items.Count == 0;
        });
        return token;
    }
}
