using System.Net;
using Chat.Tests.Support;

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

    [Theory]
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
}
