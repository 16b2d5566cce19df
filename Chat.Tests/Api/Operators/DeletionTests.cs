using System.Net;
using Chat.Contracts.Accounts;
using Chat.Contracts.Conversations;
using Chat.Contracts.Operations;
using Chat.Data.Accounts;
using Chat.Tests.Support;
using Npgsql;

namespace Chat.Tests.Api.Operators;

[Collection(ChatCollection.Name)]
public sealed class DeletionTests(ChatApplication chat)
{
    [Fact]
    public async Task What_was_written_stays_and_who_wrote_it_is_nobody()
    {
        using var author = await Person.RegisterAsync(chat, "author", displayName: "Quiet Owl");
        using var reader = await Person.RegisterAsync(chat, "reader");
        var group = await reader.CreateGroupAsync(author);
        var message = await author.Client.SendAsync(group.Id, "I was here");
        await author.Client.ReactAsync(group.Id, 1, "👍");
        var direct = await Conversing.ReadAsync(
            author.Client.TryCreateDirectAsync(reader.Id), HttpStatusCode.Created, Contracts.ContractsJson.Default.Conversation);
        await author.Client.SendAsync(direct.Id, "and here");
        await using var listener = await Listener.ConnectAsync(chat, "realtime2", reader.SignIn.AccessToken);

        await author.Client.DeleteAccountAsync();
        await chat.DeletionFinishesAsync(author.Id);

        var removed = await listener.HearsAsync("that the author has gone", e => e.GetProperty("type").GetString() == "memberRemoved");
        Assert.Equal((group.Id, author.Id), (removed.GetProperty("conversationId").GetGuid(), removed.GetProperty("userId").GetGuid()));
        Assert.Equal((author.Id, "I was here"), await AuthorAndTextAsync(group.Id, message.Seq));
        Assert.Equal((author.Id, "and here"), await AuthorAndTextAsync(direct.Id, 1));
        var profile = await Conversing.ReadAsync(
            reader.Client.GetAsync($"/api/users/{author.Id}"), HttpStatusCode.OK, Contracts.ContractsJson.Default.UserProfile);
        Assert.True(profile.Deleted);
        Assert.Equal("Deleted user", profile.DisplayName);
        Assert.Matches("^deleted-[0-9a-f]{24}$", profile.UserName);
        Assert.Equal([reader.Id], (await reader.Client.MembersAsync(group.Id)).Items.Select(m => m.UserId));
        var now = await reader.Client.ConversationAsync(group.Id);
        Assert.Equal([reader.Id], now.FirstMembers.Select(m => m.Id));
        Assert.Equal(1, now.MemberCount);
        Assert.Equal(["Deleted user", "reader"], (await reader.Client.ConversationAsync(direct.Id)).FirstMembers.Select(m => m.DisplayName).Order());
        await reader.Client.SendAsync(direct.Id, "to nobody");
        Assert.DoesNotContain("Quiet Owl", await chat.ReadAsync<string>("select string_agg(users::text, ' ') from users"), StringComparison.Ordinal);
        Assert.DoesNotContain(author.UserName, await chat.ReadAsync<string>("select string_agg(users::text, ' ') from users"), StringComparison.Ordinal);
        Assert.Equal(0, await chat.ReadAsync<long>($"""
            select (select count(*) from sessions where user_id = '{author.Id}') + (select count(*) from user_changes where user_id = '{author.Id}')
                 + (select count(*) from user_streams where user_id = '{author.Id}') + (select count(*) from hidden_messages where user_id = '{author.Id}')
            """));

        async Task<(Guid, string)> AuthorAndTextAsync(Guid conversation, long seq)
        {
            var read = await reader.Client.MessageAsync(conversation, seq);
            return (read.SenderId, read.Text);
        }
    }

    [Fact]
    public async Task Who_has_gone_is_signed_out_found_by_nobody_added_to_nothing_and_their_name_is_given_to_nobody()
    {
        using var gone = await Person.RegisterAsync(chat, "gone");
        using var other = await Person.RegisterAsync(chat, "other");
        using var elsewhere = await gone.SignInAgainAsync(chat, "api2");
        var group = await other.CreateGroupAsync();
        await gone.Client.DeleteAccountAsync();

        Assert.Equal(HttpStatusCode.Unauthorized, await gone.ReachAsync());
        Assert.Equal(HttpStatusCode.Unauthorized, await elsewhere.RefreshAsync());
        using var signIn = await other.Client.TrySignInAsync(gone.UserName);
        await Problem.ReadAsync(signIn, HttpStatusCode.Unauthorized, "wrong-credentials");
        Assert.DoesNotContain(gone.Id.ToString(), await other.Client.GetStringAsync($"/api/users?query={gone.UserName}"), StringComparison.Ordinal);
        Assert.DoesNotContain(gone.Id.ToString(), await other.Client.GetStringAsync("/api/users?query=deleted"), StringComparison.Ordinal);
        using var add = await other.Client.TryAddAsync(group.Id, gone.Id);
        using var direct = await other.Client.TryCreateDirectAsync(gone.Id);
        await Problem.ReadAsync(add, HttpStatusCode.BadRequest, "invalid-request");
        await Problem.ReadAsync(direct, HttpStatusCode.BadRequest, "invalid-request");
        using var again = await RegisterAsync(gone.UserName.ToUpperInvariant());
        using var lookalike = await RegisterAsync($"Deleted-{Guid.NewGuid().ToString("N")[..12]}");
        await Problem.ReadAsync(again, HttpStatusCode.Conflict, "user-name-taken");
        await Problem.ReadAsync(lookalike, HttpStatusCode.BadRequest, "invalid-request");

        Task<HttpResponseMessage> RegisterAsync(string name) => other.Client.PostAsync(
            "/api/auth/register", System.Net.Http.Json.JsonContent.Create(new RegisterRequest(name, Person.Password)));
    }

    [Fact]
    public async Task It_takes_the_password_and_cannot_be_done_twice()
    {
        using var op = chat.Operator();
        using var person = await Person.RegisterAsync(chat, "person");
        using var stranger = chat.Client();

        using var wrong = await person.Client.TryDeleteAccountAsync("not-the-password");
        using var none = await person.Client.DeleteAsync("/api/users/me");
        using var unknown = await stranger.TryDeleteAccountAsync();
        await Problem.ReadAsync(wrong, HttpStatusCode.Unauthorized, "wrong-credentials");
        Assert.Equal(HttpStatusCode.BadRequest, none.StatusCode);
        await Problem.ReadAsync(unknown, HttpStatusCode.Unauthorized, "not-signed-in");
        Assert.Equal(HttpStatusCode.OK, await person.ReachAsync());

        var both = await Task.WhenAll(person.Client.TryDeleteAccountAsync(), person.At(chat, "api2").TryDeleteAccountAsync());
        using var byOperator = await op.DeleteAsync($"/api/admin/users/{person.Id}");

        Assert.Single(both, answer => answer.StatusCode == HttpStatusCode.NoContent);
        await Problem.ReadAsync(byOperator, HttpStatusCode.NotFound, "not-found");
        Assert.Equal([AuditAct.AccountDeleted], await op.ActsAsync($"?userId={person.Id}"));
    }

    [Fact]
    public async Task The_longest_standing_admin_or_else_member_becomes_the_owner()
    {
        using var op = await Operating.AppointedAsync(chat);
        using var owner = await Person.RegisterAsync(chat, "owner");
        using var first = await Person.RegisterAsync(chat, "first");
        using var admin = await Person.RegisterAsync(chat, "admin");
        var (withAdmin, without, shared) = (
            await owner.CreateGroupAsync(first, admin), await owner.CreateGroupAsync(first), await owner.CreateGroupAsync(first, admin));
        await chat.ExecuteAsync($"update members set role = 'admin' where (conversation_id, user_id) = ('{withAdmin.Id}', '{admin.Id}')");
        await chat.ExecuteAsync($"update members set role = 'owner' where (conversation_id, user_id) = ('{shared.Id}', '{admin.Id}')");
        var own = (await admin.Client.OwnChangesAsync()).Next;

        using var deleted = await op.Client.DeleteAsync($"/api/admin/users/{owner.Id}");
        Assert.Equal(HttpStatusCode.NoContent, deleted.StatusCode);
        await chat.DeletionFinishesAsync(owner.Id);

        Assert.Equal(MemberRole.Owner, (await admin.Client.ConversationAsync(withAdmin.Id)).Me!.Role);
        Assert.Equal(MemberRole.Owner, (await first.Client.ConversationAsync(without.Id)).Me!.Role);
        Assert.Equal(MemberRole.Member, (await first.Client.ConversationAsync(shared.Id)).Me!.Role);
        Assert.Equal([withAdmin.Id], (await admin.Client.OwnChangesAsync(own)).Conversations.Select(c => c.ConversationId));
        Assert.Equal([AuditAct.MemberLeft, AuditAct.OwnershipPassed], (await op.Client.ActsAsync($"?conversationId={withAdmin.Id}")).Order());
        Assert.Equal([AuditAct.MemberLeft], await op.Client.ActsAsync($"?conversationId={shared.Id}"));
        var told = Assert.Single((await op.Client.AuditAsync($"?userId={owner.Id}&act=accountDeleted")).Items);
        Assert.Equal(op.Id, told.ActorId);
    }

    [Fact]
    public async Task Messages_and_additions_under_way_leave_no_member_behind()
    {
        using var gone = await Person.RegisterAsync(chat, "gone");
        using var owner = await Person.RegisterAsync(chat, "owner");
        var group = await gone.CreateGroupAsync(owner);
        var others = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => owner.CreateGroupAsync()));
        var sending = Enumerable.Range(0, 20).Select(n => gone.Client.TrySendAsync(group.Id, $"message {n}")).ToArray();
        var adding = others.Select(other => owner.Client.TryAddAsync(other.Id, gone.Id)).ToArray();

        await gone.Client.DeleteAccountAsync();
        adding = [.. adding, .. others.Select(other => owner.Client.TryAddAsync(other.Id, gone.Id))];

        var sent = (await Task.WhenAll(sending)).Count(answer => answer.StatusCode == HttpStatusCode.Created);
        Assert.All(await Task.WhenAll(adding), answer => Assert.Contains(answer.StatusCode, new[] { HttpStatusCode.OK, HttpStatusCode.BadRequest }));
        await chat.DeletionFinishesAsync(gone.Id);
        Assert.Equal(0, await chat.ReadAsync<long>($"select count(*) from members where user_id = '{gone.Id}' and left_at is null"));
        Assert.Equal(sent, (await owner.Client.HistoryAsync(group.Id)).LastSeq);
        foreach (var conversation in others.Append(group))
        {
            Assert.Equal(1, (await owner.Client.ConversationAsync(conversation.Id)).MemberCount);
        }
    }

    [Fact]
    public async Task Many_memberships_end_in_several_passes_and_a_step_that_is_done_twice_changes_nothing()
    {
        using var gone = await Person.RegisterAsync(chat, "gone");
        using var other = await Person.RegisterAsync(chat, "other");
        var groups = await Task.WhenAll(Enumerable.Range(0, FinishDeletions.MaxMemberships + 5).Select(_ => gone.CreateGroupAsync(other)));
        await using var database = NpgsqlDataSource.Create(await chat.ConnectionStringAsync("pgbouncer"));
        await gone.Client.DeleteAccountAsync();

        var steps = await Task.WhenAll(groups.Select(group => LeaveForGood.RunAsync(database, group.Id, gone.Id, default)));
        var again = await LeaveForGood.RunAsync(database, groups[0].Id, gone.Id, default);
        await chat.DeletionFinishesAsync(gone.Id);

        Assert.Null(again);
        Assert.All(steps.OfType<LeftForGood>(), step => Assert.Equal((2, 2, other.Id), (step.Rev, step.MembershipVersion, step.HeirId)));
        var now = (await other.Client.ConversationsAsync()).Items;
        Assert.Equal(groups.Select(g => g.Id).Order(), now.Select(c => c.Id).Order());
        Assert.All(now, c => Assert.Equal((1, 2, MemberRole.Owner), (c.MemberCount, c.LastRev, c.Me!.Role)));
    }
}
