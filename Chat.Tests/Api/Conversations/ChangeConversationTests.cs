using System.Net;
using System.Text;
using Chat.Contracts.Conversations;
using Chat.Tests.Support;

namespace Chat.Tests.Api.Conversations;

[Collection(ChatCollection.Name)]
public sealed class ChangeConversationTests(ChatApplication chat)
{
    [Fact]
    public async Task An_admin_changes_title_description_and_picture_and_takes_them_away_again()
    {
        using var owner = await Person.RegisterAsync(chat, "owner");
        using var admin = await Person.RegisterAsync(chat, "admin", service: "api2");
        var group = await owner.CreateGroupAsync(admin);
        await owner.Client.ChangeRoleAsync(group.Id, admin.Id, MemberRole.Admin);
        var picture = await chat.PictureOfAsync(admin);

        var changed = await admin.Client.ChangeAsync(group.Id, new ChangeConversationRequest("New", "two\nlines", PictureId: picture));
        var again = await owner.Client.ChangeAsync(group.Id, new ChangeConversationRequest("New", "two\nlines", PictureId: picture));
        var listed = Assert.Single((await owner.Client.ConversationsAsync()).Items);
        var plain = await owner.Client.ChangeAsync(group.Id, new ChangeConversationRequest(RemoveDescription: true, RemovePicture: true));

        Assert.Equal(("New", "two\nlines", picture), (changed.Title, changed.Description, changed.PictureId));
        Assert.Equal(changed.LastRev, again.LastRev);
        Assert.Equal(("New", null, picture), (listed.Title, listed.Description, listed.PictureId));
        Assert.Equal(("New", null, null, changed.LastRev + 2), (plain.Title, plain.Description, plain.PictureId, plain.LastRev));
    }

    [Fact]
    public async Task A_picture_is_one_that_the_caller_has_uploaded()
    {
        using var owner = await Person.RegisterAsync(chat, "owner");
        using var other = await Person.RegisterAsync(chat, "other");
        var group = await owner.CreateGroupAsync(other);

        foreach (var file in new[] { Guid.NewGuid(), await chat.PictureOfAsync(other), await chat.PictureOfAsync(owner, "text/html") })
        {
            using var answer = await owner.Client.TryChangeAsync(group.Id, new ChangeConversationRequest("New", PictureId: file));
            await Problem.ReadAsync(answer, HttpStatusCode.UnprocessableEntity, "no-such-file");
        }

        Assert.Equal((1, "A group"), ((await owner.Client.ConversationAsync(group.Id)).LastRev, (await owner.Client.ConversationAsync(group.Id)).Title));
    }

    [Fact]
    public async Task Many_changes_at_once_are_each_a_message_and_the_last_one_holds()
    {
        using var owner = await Person.RegisterAsync(chat, "owner");
        using var elsewhere = owner.At(chat, "api2");
        var group = await owner.CreateGroupAsync();

        await Task.WhenAll(Enumerable.Range(1, 20).Select(n =>
            (n % 2 == 0 ? owner.Client : elsewhere).ChangeAsync(group.Id, new ChangeConversationRequest($"Title {n}"))));

        var history = (await owner.Client.HistoryAsync(group.Id)).Items;
        var now = await owner.Client.ConversationAsync(group.Id);
        Assert.Equal((20, 41), (now.LastSeq, now.LastRev));
        Assert.Equal(20, history.Select(m => m.Content!.System!.Title).Distinct().Count());
        Assert.Equal(now.Title, history[^1].Content!.System!.Title);
    }

    [Theory]
    [InlineData("{}", "invalid-request")]
    [InlineData("""{"title":""}""", "invalid-request")]
    [InlineData("""{"title":"two\nlines"}""", "invalid-request")]
    [InlineData("""{"description":""}""", "invalid-request")]
    [InlineData("""{"description":"nul \u0000"}""", "invalid-request")]
    [InlineData("""{"description":"x","removeDescription":true}""", "invalid-request")]
    [InlineData("""{"pictureId":"0197c1d2-0000-7000-8000-000000000001","removePicture":true}""", "invalid-request")]
    [InlineData("""{"pictureId":"me.png"}""", "malformed-request")]
    [InlineData("""{"title":7}""", "malformed-request")]
    [InlineData("""{"removePicture":"yes"}""", "malformed-request")]
    public async Task A_bad_change_is_refused_with_a_reason(string body, string problem)
    {
        using var owner = await Person.RegisterAsync(chat, "owner");
        var group = await owner.CreateGroupAsync();

        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var answer = await owner.Client.PatchAsync($"/api/conversations/{group.Id}", content);

        await Problem.ReadAsync(answer, HttpStatusCode.BadRequest, problem);
    }

    [Fact]
    public async Task Deleted_for_everyone_it_is_as_if_it_had_never_been_and_all_are_told()
    {
        using var owner = await Person.RegisterAsync(chat, "owner");
        using var member = await Person.RegisterAsync(chat, "member", service: "api2");
        var group = await owner.CreateGroupAsync(member);
        var invite = await owner.Client.InviteAsync(group.Id);
        await member.Client.SendAsync(group.Id);
        var known = await member.Client.OwnChangesAsync();
        await using var hears = await Listener.ConnectAsync(chat, "realtime", member.SignIn.AccessToken);

        await owner.Client.DeleteConversationAsync(group.Id);

        await hears.HearsAsync("conversationLeft", e => e.GetProperty("type").GetString() == "conversationLeft");
        Assert.Null(Assert.Single((await member.Client.OwnChangesAsync(known.Next)).Conversations).Conversation);
        Assert.Empty((await member.Client.ConversationsAsync()).Items);
        using var send = await member.Client.TrySendAsync(group.Id, "anybody?");
        using var again = await owner.Client.DeleteAsync($"/api/conversations/{group.Id}");
        using var use = await member.Client.TryUseAsync(invite.Token);
        foreach (var answer in new[] { send, again, use })
        {
            await Problem.ReadAsync(answer, HttpStatusCode.NotFound, "not-found");
        }
    }
}
