using System.Globalization;
using System.Net;
using Chat.Contracts;
using Chat.Contracts.Operations;
using Chat.Tests.Support;

namespace Chat.Tests.Api.Operators;

/// <summary>What operators see of accounts and conversations, and who sees nothing of it.</summary>
[Collection(ChatCollection.Name)]
public sealed class OverviewTests(ChatApplication chat)
{
    [Theory]
    [InlineData("GET", "/api/admin/users")]
    [InlineData("DELETE", "/api/admin/users/{id}")]
    [InlineData("DELETE", "/api/admin/users/{id}/sessions")]
    [InlineData("PUT", "/api/admin/users/{id}/suspension")]
    [InlineData("DELETE", "/api/admin/users/{id}/suspension")]
    [InlineData("GET", "/api/admin/conversations")]
    [InlineData("GET", "/api/admin/audit")]
    public async Task Users_and_strangers_are_refused(string method, string path)
    {
        using var user = await Person.RegisterAsync(chat, "user");
        using var victim = await Person.RegisterAsync(chat, "victim");
        using var stranger = chat.Client();
        var address = path.Replace("{id}", victim.Id.ToString(), StringComparison.Ordinal);

        using var byUser = await user.Client.SendAsync(new HttpRequestMessage(new HttpMethod(method), address));
        using var byStranger = await stranger.SendAsync(new HttpRequestMessage(new HttpMethod(method), address));

        await Problem.ReadAsync(byUser, HttpStatusCode.Forbidden, "forbidden");
        await Problem.ReadAsync(byStranger, HttpStatusCode.Unauthorized, "not-signed-in");
        Assert.Equal(HttpStatusCode.OK, await victim.ReachAsync());
    }

    [Fact]
    public async Task Accounts_are_found_by_the_beginning_of_the_user_name_with_their_state()
    {
        using var op = await Operating.AppointedAsync(chat);
        var family = Person.Name("kin");
        using var ada = await Person.RegisterAsync(chat, $"{family}-a"[..18], displayName: "Ada");
        using var bob = await Person.RegisterAsync(chat, $"{family}-b"[..18], displayName: "Bob");
        using var again = await bob.SignInAgainAsync(chat);
        using var gone = await Person.RegisterAsync(chat, $"{family}-c"[..18]);
        await gone.Client.DeleteAccountAsync();
        await op.Client.SuspendAsync(ada.Id, "spam");

        var all = await op.Client.AccountsAsync($"?query={family.ToUpperInvariant()}");
        var first = await op.Client.AccountsAsync($"?query={family}&limit=1");
        var second = await op.Client.AccountsAsync($"?query={family}&limit=1&after={first.Next}");

        Assert.Equal(new[] { ada, bob }.OrderBy(p => p.UserName, StringComparer.Ordinal).Select(p => p.Id), all.Items.Select(a => a.Id));
        Assert.Equal(all.Items.Select(a => a.Id), first.Items.Concat(second.Items).Select(a => a.Id));
        Assert.Null(second.Next);
        var (suspended, free) = (all.Items.Single(a => a.Id == ada.Id), all.Items.Single(a => a.Id == bob.Id));
        Assert.Equal(("Ada", 0L, "spam"), (suspended.DisplayName, suspended.Sessions, suspended.SuspensionReason));
        Assert.Equal((2L, null, null), (free.Sessions, free.SuspendedAt, free.SuspensionReason));
        Assert.All(all.Items, a => Assert.NotNull(a.LastSeenAt));
        Assert.Equal([ada.Id], (await op.Client.AccountsAsync($"?query={family}&suspended=true")).Items.Select(a => a.Id));
        Assert.Equal([bob.Id], (await op.Client.AccountsAsync($"?query={family}&suspended=false")).Items.Select(a => a.Id));
        Assert.Equal(["user", "operator"], Assert.Single((await op.Client.AccountsAsync($"?query={op.UserName}")).Items).Roles);
    }

    [Theory]
    [InlineData("users?query=")]
    [InlineData("users?query=%25")]
    [InlineData("users?query=a%00")]
    [InlineData("users?suspended=perhaps")]
    [InlineData("users?after=%F0%9F%91%8D")]
    [InlineData("users?limit=101")]
    [InlineData("conversations?kind=secret")]
    [InlineData("conversations?after=1")]
    [InlineData("conversations?limit=0")]
    public async Task A_query_that_is_none_is_refused(string query)
    {
        using var op = chat.Operator();

        using var answer = await op.GetAsync($"/api/admin/{query}");

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        await Problem.ReadAsync(answer);
    }

    [Fact]
    public async Task Conversations_show_how_much_is_done_in_them_and_nothing_that_is_said()
    {
        using var op = await Operating.AppointedAsync(chat);
        using var owner = await Person.RegisterAsync(chat, "owner");
        using var member = await Person.RegisterAsync(chat, "member");
        var group = await owner.CreateGroupAsync(member);
        await owner.Client.SendAsync(group.Id, "walrus");
        await owner.Client.EditAsync(group.Id, 1, "walruses");
        var now = await owner.Client.ConversationAsync(group.Id);

        // Other tests make conversations of any id: the page begins just before this one's, in the order of the latest first.
        var before = new Guid(Convert.FromHexString($"{UInt128.Parse($"{group.Id:N}", NumberStyles.HexNumber, null) + 1:x32}"), bigEndian: true);
        using var answer = await op.Client.GetAsync($"/api/admin/conversations?kind=group&limit=1&after={before}");
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, text);
        var page = System.Text.Json.JsonSerializer.Deserialize(text, ContractsJson.Default.ConversationInfoList)!;
        using var content = await op.Client.GetAsync($"/api/conversations/{group.Id}/messages");

        Assert.Equal(
            new ConversationInfo(now.Id, now.Kind, now.CreatedAt, now.ActiveAt, Messages: 1, now.LastRev, Members: 2), Assert.Single(page.Items));
        Assert.DoesNotContain("walrus", text, StringComparison.Ordinal);
        Assert.DoesNotContain("A group", text, StringComparison.Ordinal);
        Assert.Equal(now.Id.ToString(), page.Next);
        await Problem.ReadAsync(content, HttpStatusCode.NotFound, "not-found");
        await chat.ExecuteAsync($"update conversations set kind = 'channel' where id = '{group.Id}'");
        var channels = await Conversing.ReadAsync(
            op.Client.GetAsync("/api/admin/conversations?kind=channel"), HttpStatusCode.OK, ContractsJson.Default.ConversationInfoList);
        Assert.Equal("A group", channels.Items.Single(c => c.Id == group.Id).Title);
    }
}
