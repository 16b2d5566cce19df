using System.Net;
using System.Text;
using Chat.Contracts.Conversations;
using Chat.Tests.Support;

namespace Chat.Tests.Api.Conversations;

[Collection(ChatCollection.Name)]
public sealed class InviteTests(ChatApplication chat)
{
    [Fact]
    public async Task Who_has_a_link_sees_where_it_leads_and_joins_by_it_once()
    {
        using var owner = await Person.RegisterAsync(chat, "owner", "Olga");
        using var invited = await Person.RegisterAsync(chat, "invited", service: "api2");
        var group = await owner.CreateGroupAsync();
        var invite = await owner.Client.InviteAsync(group.Id, usesMax: 3);

        var preview = await Conversing.ReadAsync(
            invited.Client.GetAsync($"/api/invites/{invite.Token}"), HttpStatusCode.OK, Contracts.ContractsJson.Default.InvitePreview);
        var joined = await invited.Client.UseAsync(invite.Token);
        await invited.Client.UseAsync(invite.Token);
        await owner.Client.UseAsync(invite.Token);

        Assert.Equal((group.Id, "A group", 1, "Olga", false), (preview.ConversationId, preview.Title, preview.MemberCount, preview.InvitedBy, preview.IsMember));
        Assert.Equal((group.Id, MemberRole.Member), (joined.Id, joined.Me!.Role));
        var listed = Assert.Single((await owner.Client.InvitesAsync(group.Id)).Items);
        Assert.Equal((1, 3), (listed.Uses, listed.UsesMax));
        Assert.InRange(listed.ExpiresAt - listed.CreatedAt, TimeSpan.FromDays(6.9), TimeSpan.FromDays(7.1));
    }

    [Fact]
    public async Task The_last_use_of_a_link_is_given_once()
    {
        using var owner = await Person.RegisterAsync(chat, "owner");
        var people = await Task.WhenAll(Enumerable.Range(0, 6).Select(n => Person.RegisterAsync(chat, "person", service: n % 2 == 0 ? "api" : "api2")));
        var group = await owner.CreateGroupAsync();
        var invite = await owner.Client.InviteAsync(group.Id, usesMax: 2);

        var answers = await Task.WhenAll(people.Select(person => person.Client.TryUseAsync(invite.Token)));

        Assert.Equal(2, answers.Count(answer => answer.StatusCode == HttpStatusCode.OK));
        foreach (var answer in answers.Where(answer => !answer.IsSuccessStatusCode))
        {
            await Problem.ReadAsync(answer, HttpStatusCode.NotFound, "not-found");
        }

        Assert.Equal(3, (await owner.Client.ConversationAsync(group.Id)).MemberCount);
        Assert.Empty((await owner.Client.InvitesAsync(group.Id)).Items);
        Array.ForEach(people, person => person.Dispose());
    }

    [Fact]
    public async Task A_link_that_has_expired_was_revoked_or_never_was_gets_the_same_404()
    {
        using var owner = await Person.RegisterAsync(chat, "owner");
        using var stranger = await Person.RegisterAsync(chat, "stranger");
        var group = await owner.CreateGroupAsync();
        var (expired, revoked) = (await owner.Client.InviteAsync(group.Id), await owner.Client.InviteAsync(group.Id));
        await chat.ExecuteAsync($"update invites set expires_at = clock_timestamp() where id = '{expired.Invite.Id}'");
        using var revoke = await owner.Client.DeleteAsync($"/api/conversations/{group.Id}/invites/{revoked.Invite.Id}");
        Assert.Equal(HttpStatusCode.NoContent, revoke.StatusCode);

        var problems = new List<Problem>();
        foreach (var token in new[] { expired.Token, revoked.Token, $"{revoked.Invite.Id}", "x", new string('x', 43) })
        {
            using var preview = await stranger.Client.GetAsync($"/api/invites/{token}");
            using var use = await stranger.Client.TryUseAsync(token);
            problems.Add(await Problem.ReadAsync(preview, HttpStatusCode.NotFound, "not-found"));
            problems.Add(await Problem.ReadAsync(use, HttpStatusCode.NotFound, "not-found"));
        }

        Assert.All(problems, problem => Assert.Equal(problems[0] with { TraceId = problem.TraceId }, problem));
    }

    [Fact]
    public async Task The_links_of_who_is_removed_end_with_their_membership()
    {
        using var owner = await Person.RegisterAsync(chat, "owner");
        using var admin = await Person.RegisterAsync(chat, "admin");
        var group = await owner.CreateGroupAsync(admin);
        await owner.Client.ChangeRoleAsync(group.Id, admin.Id, MemberRole.Admin);
        var (own, owners) = (await admin.Client.InviteAsync(group.Id), await owner.Client.InviteAsync(group.Id));

        await owner.Client.RemoveAsync(group.Id, admin.Id);

        using var comesBack = await admin.Client.TryUseAsync(own.Token);
        await Problem.ReadAsync(comesBack, HttpStatusCode.NotFound, "not-found");
        Assert.Equal([owners.Invite.Id], (await owner.Client.InvitesAsync(group.Id)).Items.Select(invite => invite.Id));
    }

    [Fact]
    public async Task There_are_so_many_links_of_a_conversation_and_those_that_are_over_do_not_count()
    {
        using var owner = await Person.RegisterAsync(chat, "owner");
        var group = await owner.CreateGroupAsync();
        await chat.ExecuteAsync($"""
            insert into invites (id, conversation_id, token_hash, created_by, expires_at)
            select gen_random_uuid(), '{group.Id}', sha256(gen_random_uuid()::text::bytea), '{owner.Id}', 'infinity'
            from generate_series(1, {ConversationLimits.InvitesMax - 1})
            """);

        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => owner.Client.TryInviteAsync(group.Id)));
        Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.Created);
        foreach (var answer in answers.Where(answer => !answer.IsSuccessStatusCode))
        {
            await Problem.ReadAsync(answer, HttpStatusCode.Conflict, "too-many-invites");
        }

        await chat.ExecuteAsync($"update invites set expires_at = clock_timestamp() where conversation_id = '{group.Id}'");
        await owner.Client.InviteAsync(group.Id);
        Assert.Equal(1, await chat.ReadAsync<long>($"select count(*) from invites where conversation_id = '{group.Id}'"));
    }

    [Fact]
    public async Task Of_the_token_nothing_is_stored_but_its_hash()
    {
        using var owner = await Person.RegisterAsync(chat, "owner");
        var group = await owner.CreateGroupAsync();
        var invite = await owner.Client.InviteAsync(group.Id);

        Assert.Matches("^[A-Za-z0-9_-]{43}$", invite.Token);
        Assert.Equal(1, await chat.ReadAsync<long>($"select count(*) from invites where token_hash = sha256('{invite.Token}'::bytea)"));
        Assert.False(await chat.ReadAsync<bool>($"select bool_or(i::text like '%{invite.Token}%') from invites i where conversation_id = '{group.Id}'"));
    }

    [Theory]
    [InlineData("""{"expiresAt":"2020-01-01T00:00:00Z"}""", "invalid-request")]
    [InlineData("""{"expiresAt":"9999-12-31T23:59:59Z"}""", "invalid-request")]
    [InlineData("""{"expiresAt":"tomorrow"}""", "malformed-request")]
    [InlineData("""{"usesMax":0}""", "invalid-request")]
    [InlineData("""{"usesMax":-1}""", "invalid-request")]
    [InlineData("""{"usesMax":10001}""", "invalid-request")]
    [InlineData("""{"usesMax":"many"}""", "malformed-request")]
    [InlineData("""{"usesMax":99999999999}""", "malformed-request")]
    public async Task A_bad_link_is_refused(string body, string problem)
    {
        using var owner = await Person.RegisterAsync(chat, "owner");
        var group = await owner.CreateGroupAsync();

        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var answer = await owner.Client.PostAsync($"/api/conversations/{group.Id}/invites", content);

        await Problem.ReadAsync(answer, HttpStatusCode.BadRequest, problem);
    }
}
