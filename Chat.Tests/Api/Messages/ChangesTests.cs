using System.Net;
using Chat.Contracts.Messages;
using Chat.Tests.Support;

namespace Chat.Tests.Api.Messages;

[Collection(ChatCollection.Name)]
public sealed class ChangesTests(ChatApplication chat)
{
    [Fact]
    public async Task What_was_known_and_the_changes_since_are_what_a_reload_shows()
    {
        using var owner = await Person.RegisterAsync(chat, "owner");
        using var member = await Person.RegisterAsync(chat, "member", service: "api2");
        var group = await owner.CreateGroupAsync(member);
        await Task.WhenAll(Enumerable.Range(0, 30).Select(n => owner.Client.SendAsync(group.Id, $"before {n}")));
        var known = await member.Client.HistoryAsync(group.Id, "?limit=100");

        await Task.WhenAll(Enumerable.Range(0, 60).Select(n => (n % 2 == 0 ? owner : member).Client.SendAsync(group.Id, $"after {n}")));
        await ChangeAsync(group.Id, seq: 7);
        await ChangeAsync(group.Id, seq: 7);
        await ChangeAsync(group.Id, seq: 45);

        var view = known.Items.ToDictionary(m => m.Seq);
        var pages = await member.Client.AllChangesAsync(group.Id, known.ChangesToken, limit: 25);
        foreach (var message in pages.SelectMany(page => page.Messages))
        {
            view[message.Seq] = message;
        }

        var fresh = await member.Client.HistoryAsync(group.Id, "?limit=100");
        Assert.Equal(fresh.Items, view.Values.OrderBy(m => m.Seq));
        Assert.Equal(fresh.Rev, pages[^1].Rev);
        Assert.Equal(fresh.ChangesToken, pages[^1].Next);
        Assert.True(pages.Count == 3, "63 changes in pages of 25");
        Assert.All(pages, page => Assert.Equal(page.Messages.Count, page.Messages.DistinctBy(m => m.Seq).Count()));
    }

    [Fact]
    public async Task A_change_of_the_members_brings_the_conversation_and_only_then()
    {
        using var owner = await Person.RegisterAsync(chat, "owner");
        using var member = await Person.RegisterAsync(chat, "member");
        var group = await owner.CreateGroupAsync();
        await owner.Client.SendAsync(group.Id);

        var quiet = await owner.Client.ChangesAsync(group.Id, group.ChangesToken!);
        await owner.Client.AddAsync(group.Id, member.Id);
        var joined = await owner.Client.ChangesAsync(group.Id, quiet.Next);

        Assert.Null(quiet.Conversation);
        Assert.Equal((MessageKind.System, 2), (Assert.Single(joined.Messages).Kind, joined.Conversation!.MemberCount));
        Assert.Null(joined.Conversation.Me);
        Assert.Empty((await owner.Client.ChangesAsync(group.Id, joined.Next)).Messages);
    }

    [Fact]
    public async Task A_token_of_another_history_or_from_before_what_is_kept_is_gone()
    {
        using var owner = await Person.RegisterAsync(chat, "owner");
        var (group, busier) = (await owner.CreateGroupAsync(), await owner.CreateGroupAsync());
        await owner.Client.SendAsync(group.Id);
        await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => owner.Client.SendAsync(busier.Id)));
        var future = (await owner.Client.ConversationAsync(busier.Id)).ChangesToken!;
        await chat.ExecuteAsync($"update conversations set kept_rev = 2 where id = '{group.Id}'");

        string[] gone = [new string('A', 32), group.ChangesToken!, future];
        foreach (var token in gone)
        {
            using var answer = await owner.Client.GetAsync($"/api/conversations/{group.Id}/changes?since={token}");
            await Problem.ReadAsync(answer, HttpStatusCode.Gone, "changes-gone");
        }

        var kept = (await owner.Client.ConversationAsync(group.Id)).ChangesToken!;
        Assert.Empty((await owner.Client.ChangesAsync(group.Id, kept)).Messages);
    }

    [Theory]
    [InlineData("")]
    [InlineData("?since=")]
    [InlineData("?since=7")]
    [InlineData("?since=%00")]
    [InlineData("?since=AAAAAAAAAAAAAAAAAAAAAP__________")]
    [InlineData("?since=!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!")]
    [InlineData("?since=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA&limit=101")]
    public async Task What_is_no_token_is_refused(string query)
    {
        using var owner = await Person.RegisterAsync(chat, "owner");
        var group = await owner.CreateGroupAsync();

        using var answer = await owner.Client.GetAsync($"/api/conversations/{group.Id}/changes{query}");

        await Problem.ReadAsync(answer, HttpStatusCode.BadRequest, "invalid-request");
    }

    private Task ChangeAsync(Guid conversation, long seq) => chat.ChangeAsync(conversation, seq, "text || ' changed'");
}
