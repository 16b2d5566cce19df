using System.Net;
using System.Net.Http.Json;
using Chat.Tests.Support;

namespace Chat.Tests.Api.Messages;

/// <summary>Every address below a conversation: to who is no member it is as if it did not exist.</summary>
[Collection(ChatCollection.Name)]
public sealed class MembersOnlyTests(ChatApplication chat)
{
    private const string Token = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

    public static TheoryData<string, string, string?> Calls => new()
    {
        { "GET", "", null },
        { "GET", "/members", null },
        { "POST", "/members", """{"userIds":["0197c1d2-0000-7000-8000-000000000001"]}""" },
        { "DELETE", "/members/{owner}", null },
        { "GET", "/messages", null },
        { "GET", "/messages?after=0", null },
        { "GET", "/messages?around=1", null },
        { "POST", "/messages", """{"clientId":"0197c1d2-0000-7000-8000-000000000001","text":"let me in"}""" },
        { "GET", "/messages/1", null },
        { "PATCH", "/messages/1", """{"text":"let me in"}""" },
        { "DELETE", "/messages/1", null },
        { "DELETE", "/messages/1?for=me", null },
        { "GET", "/messages/1/history", null },
        { "GET", "/messages/1/thread", null },
        { "POST", "/messages", """{"clientId":"0197c1d2-0000-7000-8000-000000000001","text":"let me in","threadRoot":1,"mentionsEveryone":true}""" },
        { "POST", "/polls", """{"clientId":"0197c1d2-0000-7000-8000-000000000001","question":"May I?","options":["yes","no"]}""" },
        { "PUT", "/messages/1/pin", null },
        { "DELETE", "/messages/1/pin", null },
        { "GET", "/pins", null },
        { "GET", $"/changes?since={Token}", null },
        { "PUT", "/read", """{"seq":1}""" },
        { "PUT", "/delivered", """{"seq":1}""" },
        { "PUT", "/unread", null },
        { "GET", "/cursors", null },
        { "GET", "/messages/1/reads", null },
        { "PUT", "/messages/1/reactions/%F0%9F%91%8D", null },
        { "DELETE", "/messages/1/reactions/%F0%9F%91%8D", null },
        { "GET", "/messages/1/reactions", null },
        { "PUT", "/messages/1/vote", """{"options":[0]}""" },
        { "DELETE", "/messages/1/vote", null },
        { "GET", "/messages/1/votes", null },
        { "POST", "/messages/1/options", """{"text":"let me in"}""" },
        { "POST", "/messages/1/close", null },
        { "POST", "/messages/1/reopen", null },
    };

    [Theory]
    [MemberData(nameof(Calls))]
    public async Task An_outsider_a_removed_member_and_a_guesser_of_ids_get_the_same_404(string method, string path, string? body)
    {
        using var owner = await Person.RegisterAsync(chat, "owner");
        using var removed = await Person.RegisterAsync(chat, "removed");
        using var outsider = await Person.RegisterAsync(chat, "outsider", service: "api2");
        var group = await owner.CreateGroupAsync(removed);
        await removed.Client.SendAsync(group.Id, "I was here");
        await owner.Client.RemoveAsync(group.Id, removed.Id);
        var before = await owner.Client.ConversationAsync(group.Id);

        var outsiders = await CallAsync(outsider, $"{group.Id}");
        var removeds = await CallAsync(removed, $"{group.Id}");
        var guessers = await CallAsync(outsider, $"{Guid.CreateVersion7()}");
        var malformed = await CallAsync(outsider, "not-a-uuid");

        Assert.Equal("urn:chat:problem:not-found", outsiders.Type);
        Assert.All([removeds, guessers, malformed], p => Assert.Equal(outsiders with { TraceId = p.TraceId }, p));
        Assert.Equivalent(before, await owner.Client.ConversationAsync(group.Id));
        Assert.Equal(0, await ReactionsAsync(group.Id));

        async Task<Problem> CallAsync(Person person, string conversation)
        {
            var address = $"/api/conversations/{conversation}{path.Replace("{owner}", $"{owner.Id}", StringComparison.Ordinal)}";
            using var request = new HttpRequestMessage(new HttpMethod(method), address);
            request.Content = body is null ? null : new StringContent(body, System.Text.Encoding.UTF8, "application/json");
            using var answer = await person.Client.SendAsync(request);
            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
            return await Problem.ReadAsync(answer);
        }
    }

    [Fact]
    public async Task Without_an_access_token_nothing_is_answered()
    {
        using var anonymous = chat.Client();

        using var answer = await anonymous.GetAsync("/api/conversations");

        await Problem.ReadAsync(answer, HttpStatusCode.Unauthorized, "not-signed-in");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(2)]
    [InlineData(long.MaxValue)]
    public async Task A_message_that_there_is_not_is_a_404_to_members_too(long seq)
    {
        using var member = await Person.RegisterAsync(chat, "member");
        var group = await member.CreateGroupAsync();
        await member.Client.SendAsync(group.Id);

        using var read = await member.Client.GetAsync($"/api/conversations/{group.Id}/messages/{seq}");
        using var react = await member.Client.PutAsJsonAsync(Conversing.Reaction(group.Id, seq, "👍"), "");
        using var edit = await member.Client.TryEditAsync(group.Id, seq, "new");
        using var delete = await member.Client.DeleteAsync(Conversing.Address(group.Id, seq));
        using var hide = await member.Client.DeleteAsync($"{Conversing.Address(group.Id, seq)}?for=me");
        using var pin = await member.Client.PutAsync($"{Conversing.Address(group.Id, seq)}/pin", content: null);
        using var vote = await member.Client.TryVoteAsync(group.Id, seq, 0);
        using var close = await member.Client.PostAsync($"{Conversing.Address(group.Id, seq)}/close", content: null);
        using var reactions = await member.Client.GetAsync($"{Conversing.Address(group.Id, seq)}/reactions");
        using var votes = await member.Client.GetAsync($"{Conversing.Address(group.Id, seq)}/votes");
        using var history = await member.Client.GetAsync($"{Conversing.Address(group.Id, seq)}/history");

        foreach (var answer in new[] { read, react, edit, delete, hide, pin, history, vote, close, reactions, votes })
        {
            await Problem.ReadAsync(answer, HttpStatusCode.NotFound, "not-found");
        }
    }

    private async Task<long> ReactionsAsync(Guid conversation)
    {
        await using var database = await chat.OwnerAsync();
        await using var count = database.CreateCommand($"select count(*) from reactions where conversation_id = '{conversation}'");
        return (long)(await count.ExecuteScalarAsync())!;
    }
}
