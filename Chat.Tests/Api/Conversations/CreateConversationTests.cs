using System.Net;
using System.Text;
using Chat.Contracts;
using Chat.Contracts.Conversations;
using Chat.Tests.Support;

namespace Chat.Tests.Api.Conversations;

[Collection(ChatCollection.Name)]
public sealed class CreateConversationTests(ChatApplication chat)
{
    [Fact]
    public async Task A_group_has_its_creator_as_owner_and_the_others_as_members()
    {
        using var creator = await Person.RegisterAsync(chat, "creator");
        using var invited = await Person.RegisterAsync(chat, "invited");

        var group = await creator.CreateGroupAsync(invited, invited, creator);

        Assert.Equal((ConversationKind.Group, "A group", 2), (group.Kind, group.Title, group.MemberCount));
        Assert.Equal(MemberRole.Owner, group.Me!.Role);
        Assert.Equal([creator.Id, invited.Id], group.FirstMembers.Select(m => m.Id));
        var members = await invited.Client.MembersAsync(group.Id);
        Assert.Equal([MemberRole.Owner, MemberRole.Member], members.Items.Select(m => m.Role));
        Assert.Equal(group.Id, Assert.Single((await invited.Client.ConversationsAsync()).Items).Id);
    }

    [Fact]
    public async Task A_direct_conversation_created_at_once_by_both_is_one()
    {
        using var one = await Person.RegisterAsync(chat, "one");
        using var other = await Person.RegisterAsync(chat, "other", service: "api2");

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(async n =>
        {
            using var answer = await (n % 2 == 0 ? one.Client.TryCreateDirectAsync(other.Id) : other.Client.TryCreateDirectAsync(one.Id));
            var conversation = await Conversing.ReadAsync(Task.FromResult(answer), answer.StatusCode, ContractsJson.Default.Conversation);
            return (answer.StatusCode, conversation.Id);
        }));

        Assert.Single(answers.Select(a => a.Id).Distinct());
        Assert.Single(answers, a => a.StatusCode == HttpStatusCode.Created);
        Assert.Equal(19, answers.Count(a => a.StatusCode == HttpStatusCode.OK));
        var listed = Assert.Single((await other.Client.ConversationsAsync()).Items);
        Assert.Equal((ConversationKind.Direct, 2, MemberRole.Member), (listed.Kind, listed.MemberCount, listed.Me!.Role));
    }

    [Fact]
    public async Task A_direct_conversation_keeps_its_two_members()
    {
        using var one = await Person.RegisterAsync(chat, "one");
        using var other = await Person.RegisterAsync(chat, "other");
        using var third = await Person.RegisterAsync(chat, "third");
        var direct = await Conversing.ReadAsync(
            one.Client.TryCreateDirectAsync(other.Id), HttpStatusCode.Created, ContractsJson.Default.Conversation);

        using var add = await one.Client.TryAddAsync(direct.Id, third.Id);
        using var remove = await one.Client.TryRemoveAsync(direct.Id, other.Id);
        using var leave = await one.Client.TryRemoveAsync(direct.Id, one.Id);

        foreach (var answer in new[] { add, remove, leave })
        {
            await Problem.ReadAsync(answer, HttpStatusCode.Conflict, "direct-conversation");
        }

        Assert.Equal(2, (await other.Client.ConversationAsync(direct.Id)).MemberCount);
    }

    public static TheoryData<string, string> Bodies => new()
    {
        { "invalid-request", """{"kind":"group","memberIds":[]}""" },
        { "invalid-request", """{"kind":"group","memberIds":[],"title":""}""" },
        { "invalid-request", """{"kind":"group","memberIds":[],"title":" "}""" },
        { "invalid-request", """{"kind":"group","memberIds":[],"title":"two\nlines"}""" },
        { "invalid-request", """{"kind":"group","memberIds":[],"title":"nul \u0000"}""" },
        { "invalid-request", $$"""{"kind":"group","memberIds":[],"title":"{{new string('x', 201)}}"}""" },
        { "invalid-request", """{"kind":"group","memberIds":["0197c1d2-0000-7000-8000-000000000001"],"title":"of nobody"}""" },
        { "invalid-request", $$"""{"kind":"group","memberIds":[{{string.Join(',', Enumerable.Range(0, 101).Select(_ => $"\"{Guid.NewGuid()}\""))}}],"title":"x"}""" },
        { "invalid-request", """{"kind":"direct","memberIds":[]}""" },
        { "invalid-request", """{"kind":"direct","memberIds":["{me}"]}""" },
        { "invalid-request", """{"kind":"direct","memberIds":["0197c1d2-0000-7000-8000-000000000001"]}""" },
        { "invalid-request", """{"kind":"direct","memberIds":["0197c1d2-0000-7000-8000-000000000001"],"title":"x"}""" },
        { "invalid-request", """{"kind":"direct","memberIds":["0197c1d2-0000-7000-8000-000000000001","0197c1d2-0000-7000-8000-000000000002"]}""" },
        { "invalid-request", """{"kind":"channel","memberIds":[]}""" },
        { "malformed-request", """{"kind":"duel","memberIds":[],"title":"x"}""" },
        { "malformed-request", """{"kind":1,"memberIds":[],"title":"x"}""" },
        { "malformed-request", """{"memberIds":[],"title":"x"}""" },
        { "malformed-request", """{"kind":"group","title":"x"}""" },
        { "malformed-request", """{"kind":"group","memberIds":null,"title":"x"}""" },
        { "malformed-request", """{"kind":"group","memberIds":["me"],"title":"x"}""" },
        { "malformed-request", """{"kind":"group","memberIds":{},"title":"x"}""" },
    };

    [Theory]
    [MemberData(nameof(Bodies))]
    public async Task A_bad_request_is_refused_with_a_reason_and_creates_nothing(string problem, string body)
    {
        using var creator = await Person.RegisterAsync(chat, "creator");

        using var content = new StringContent(body.Replace("{me}", $"{creator.Id}", StringComparison.Ordinal), Encoding.UTF8, "application/json");
        using var answer = await creator.Client.PostAsync("/api/conversations", content);

        await Problem.ReadAsync(answer, HttpStatusCode.BadRequest, problem);
        Assert.Empty((await creator.Client.ConversationsAsync()).Items);
    }
}
