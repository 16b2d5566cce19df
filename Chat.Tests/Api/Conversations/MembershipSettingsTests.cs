using System.Net;
using System.Text;
using Chat.Tests.Support;

namespace Chat.Tests.Api.Conversations;

/// <summary>Mute and archive: a member's own affair.</summary>
[Collection(ChatCollection.Name)]
public sealed class MembershipSettingsTests(ChatApplication chat)
{
    [Fact]
    public async Task Muting_is_told_to_the_members_own_devices_and_to_nobody_else()
    {
        using var member = await Person.RegisterAsync(chat, "member");
        using var other = await Person.RegisterAsync(chat, "other", service: "api2");
        var group = await member.CreateGroupAsync(other);
        var (known, others) = (await member.Client.OwnChangesAsync(), await other.Client.OwnChangesAsync());
        await using var hears = await Listener.ConnectAsync(chat, "realtime2", member.SignIn.AccessToken);
        await using var otherHears = await Listener.ConnectAsync(chat, "realtime", other.SignIn.AccessToken);
        var until = new DateTimeOffset(2099, 1, 2, 3, 4, 5, TimeSpan.Zero);

        await member.Client.MuteAsync(group.Id, until);
        await member.Client.MuteAsync(group.Id, until);

        var e = await hears.HearsAsync("ownChanged", e => e.GetProperty("type").GetString() == "ownChanged");
        Assert.Equal(known.Rev + 1, e.GetProperty("rev").GetInt64());
        var own = Assert.Single((await member.Client.OwnChangesAsync(known.Next)).Conversations);
        Assert.Equal((until, known.Rev + 1), (own.Conversation!.Me!.MutedUntil, (await member.Client.OwnChangesAsync(known.Next)).Rev));
        Assert.Equal(others.Next, (await other.Client.OwnChangesAsync(others.Next)).Next);
        Assert.Equal(group.LastRev, own.Conversation.LastRev);
        await member.Client.MuteAsync(group.Id);
        Assert.Equal(9999, (await member.Client.ConversationAsync(group.Id)).Me!.MutedUntil!.Value.Year);
        await member.Client.UnmuteAsync(group.Id);
        Assert.Null((await member.Client.ConversationAsync(group.Id)).Me!.MutedUntil);
        Assert.Empty(otherHears.Events);
    }

    [Fact]
    public async Task What_is_put_away_is_in_no_list_that_does_not_ask_for_it_until_a_message_comes()
    {
        using var member = await Person.RegisterAsync(chat, "member");
        using var other = await Person.RegisterAsync(chat, "other");
        var (group, stays) = (await member.CreateGroupAsync(other), await member.CreateGroupAsync());
        var known = await member.Client.OwnChangesAsync();

        await member.Client.ArchiveAsync(group.Id);
        await member.Client.ArchiveAsync(group.Id);

        Assert.Equal([stays.Id], await ListAsync());
        Assert.Equal([group.Id], await ListAsync("?archived=true"));
        Assert.True(Assert.Single((await member.Client.OwnChangesAsync(known.Next)).Conversations).Conversation!.Me!.Archived);
        Assert.Contains(group.Id, (await other.Client.ConversationsAsync()).Items.Select(c => c.Id));
        await other.Client.SendAsync(group.Id);
        Assert.Equal([group.Id, stays.Id], await ListAsync());
        Assert.Empty(await ListAsync("?archived=true"));

        async Task<IEnumerable<Guid>> ListAsync(string query = "") => (await member.Client.ConversationsAsync(query)).Items.Select(c => c.Id);
    }

    [Fact]
    public async Task What_is_put_away_and_muted_stays_away_until_it_is_put_back()
    {
        using var member = await Person.RegisterAsync(chat, "member");
        using var other = await Person.RegisterAsync(chat, "other");
        var group = await member.CreateGroupAsync(other);
        await member.Client.MuteAsync(group.Id);
        await member.Client.ArchiveAsync(group.Id);

        await other.Client.SendAsync(group.Id);

        Assert.Empty((await member.Client.ConversationsAsync()).Items);
        await member.Client.UnarchiveAsync(group.Id);
        Assert.False(Assert.Single((await member.Client.ConversationsAsync()).Items).Me!.Archived);
    }

    [Theory]
    [InlineData("""{"until":"2020-01-01T00:00:00Z"}""", "invalid-request")]
    [InlineData("""{"until":"soon"}""", "malformed-request")]
    [InlineData("[]", "malformed-request")]
    public async Task A_bad_time_is_refused(string body, string problem)
    {
        using var member = await Person.RegisterAsync(chat, "member");
        var group = await member.CreateGroupAsync();

        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var answer = await member.Client.PutAsync($"/api/conversations/{group.Id}/mute", content);

        await Problem.ReadAsync(answer, HttpStatusCode.BadRequest, problem);
    }
}
