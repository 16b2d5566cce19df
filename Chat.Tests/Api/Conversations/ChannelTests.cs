using System.Net;
using Chat.Contracts.Conversations;
using Chat.Tests.Support;

namespace Chat.Tests.Api.Conversations;

[Collection(ChatCollection.Name)]
public sealed class ChannelTests(ChatApplication chat)
{
    [Fact]
    public async Task A_channel_is_found_by_the_beginning_of_its_title_joined_at_will_and_left_again()
    {
        using var owner = await Person.RegisterAsync(chat, "owner");
        using var stranger = await Person.RegisterAsync(chat, "stranger", service: "api2");
        var title = Person.Name("Öl");
        var channel = await owner.CreateChannelAsync(title);

        var found = Assert.Single((await stranger.Client.ChannelsAsync($"?query={Uri.EscapeDataString(title.ToUpperInvariant()[..10])}")).Items);
        var joined = await stranger.Client.JoinAsync(channel.Id);
        var again = await stranger.Client.JoinAsync(channel.Id);

        Assert.Equal((channel.Id, title, 1, false), (found.Id, found.Title, found.MemberCount, found.IsMember));
        Assert.Equal((ConversationKind.Channel, 2, MemberRole.Member, 2), (joined.Kind, joined.MemberCount, joined.Me!.Role, joined.MembershipVersion));
        Assert.Equal(joined.LastRev, again.LastRev);
        Assert.True(Assert.Single((await stranger.Client.ChannelsAsync($"?query={Uri.EscapeDataString(title)}")).Items).IsMember);
        Assert.Equal(3, (await stranger.Client.SendAsync(channel.Id)).Seq + 1);
        await stranger.Client.RemoveAsync(channel.Id, stranger.Id);
        Assert.Equal(1, (await owner.Client.ConversationAsync(channel.Id)).MemberCount);
    }

    [Fact]
    public async Task Channels_come_in_pages_in_the_order_of_their_titles_those_of_the_same_title_too()
    {
        using var owner = await Person.RegisterAsync(chat, "owner");
        var name = Person.Name("page");
        foreach (var title in new[] { $"{name} b", $"{name} A", $"{name} a", $"{name} c", $"{name} a" })
        {
            await owner.CreateChannelAsync(title);
        }

        var titles = new List<string>();
        for (string? next = ""; next is not null;)
        {
            var page = await owner.Client.ChannelsAsync($"?limit=2&query={name}{(next == "" ? "" : $"&after={next}")}");
            titles.AddRange(page.Items.Select(channel => channel.Title));
            next = page.Next;
        }

        Assert.Equal(["A", "A", "A", "B", "C"], titles.Select(title => title[^1..].ToUpperInvariant()));
    }

    [Fact]
    public async Task Groups_are_not_found_and_to_outsiders_not_there()
    {
        using var owner = await Person.RegisterAsync(chat, "owner");
        using var stranger = await Person.RegisterAsync(chat, "stranger");
        var name = Person.Name("hidden");
        var group = await owner.CreateAsync(ConversationKind.Group, name);

        using var joins = await stranger.Client.TryJoinAsync(group.Id);
        using var members = await owner.Client.TryJoinAsync(group.Id);
        using var unknown = await stranger.Client.TryJoinAsync(Guid.CreateVersion7());

        Assert.Empty((await stranger.Client.ChannelsAsync($"?query={name}")).Items);
        await Problem.ReadAsync(joins, HttpStatusCode.NotFound, "not-found");
        await Problem.ReadAsync(unknown, HttpStatusCode.NotFound, "not-found");
        await Problem.ReadAsync(members, HttpStatusCode.Conflict, "not-of-this-kind");
    }

    [Fact]
    public async Task Joined_many_times_at_once_it_is_joined_once()
    {
        using var owner = await Person.RegisterAsync(chat, "owner");
        using var joiner = await Person.RegisterAsync(chat, "joiner");
        using var elsewhere = joiner.At(chat, "api2");
        var channel = await owner.CreateChannelAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(n => (n % 2 == 0 ? joiner.Client : elsewhere).JoinAsync(channel.Id)));

        Assert.All(answers, answer => Assert.Equal((2, 1, 3), (answer.MemberCount, answer.LastSeq, answer.LastRev)));
    }

    [Fact]
    public async Task The_last_place_in_a_channel_is_given_once()
    {
        using var owner = await Person.RegisterAsync(chat, "owner");
        using var one = await Person.RegisterAsync(chat, "one");
        using var other = await Person.RegisterAsync(chat, "other", service: "api2");
        var channel = await owner.CreateChannelAsync();
        await chat.ExecuteAsync($"update conversations set member_count = {ConversationLimits.MembersMax - 1} where id = '{channel.Id}'");

        var answers = await Task.WhenAll(one.Client.TryJoinAsync(channel.Id), other.Client.TryJoinAsync(channel.Id));

        Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.OK);
        await Problem.ReadAsync(answers.Single(answer => !answer.IsSuccessStatusCode), HttpStatusCode.Conflict, "conversation-full");
    }

    [Theory]
    [InlineData("?limit=0")]
    [InlineData("?limit=101")]
    [InlineData("?after=x")]
    [InlineData("?after=AAAAAAAA")]
    [InlineData("?query=%00")]
    [InlineData("?query=a%0Ab")]
    public async Task A_bad_search_is_refused(string query)
    {
        using var anybody = await Person.RegisterAsync(chat, "anybody");

        using var answer = await anybody.Client.GetAsync($"/api/channels{query}");

        await Problem.ReadAsync(answer, HttpStatusCode.BadRequest, "invalid-request");
    }
}
