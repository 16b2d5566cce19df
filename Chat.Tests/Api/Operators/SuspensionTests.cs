using System.Net;
using Chat.Contracts.Operations;
using Chat.Tests.Support;

namespace Chat.Tests.Api.Operators;

[Collection(ChatCollection.Name)]
public sealed class SuspensionTests(ChatApplication chat)
{
    [Fact]
    public async Task Who_is_suspended_is_signed_out_at_every_node_and_sends_no_more()
    {
        using var op = await Operating.AppointedAsync(chat);
        using var sender = await Person.RegisterAsync(chat, "sender");
        using var elsewhere = await sender.SignInAgainAsync(chat, "api2");
        var group = await sender.CreateGroupAsync();
        await using var listener = await Listener.ConnectAsync(chat, "realtime2", elsewhere.SignIn.AccessToken);

        await op.Client.SuspendAsync(sender.Id);

        Assert.Equal("signedOut", (await listener.Closing).GetProperty("code").GetString());
        using var here = await sender.Client.TrySendAsync(group.Id, "still here?");
        await Problem.ReadAsync(here, HttpStatusCode.Unauthorized, "not-signed-in");
        await Eventually.HoldsAsync(
            "the other replica refuses it too", ChatApplication.Patience, async () => await elsewhere.ReachAsync() == HttpStatusCode.Unauthorized);
        Assert.Equal(HttpStatusCode.Unauthorized, await sender.RefreshAsync());
        Assert.Equal(HttpStatusCode.Unauthorized, await elsewhere.RefreshAsync());
    }

    [Fact]
    public async Task Only_who_knows_the_password_is_told_of_the_suspension_and_may_sign_in_when_it_is_lifted()
    {
        using var op = await Operating.AppointedAsync(chat);
        using var user = await Person.RegisterAsync(chat, "user");
        using var anybody = chat.Client("api2");
        await op.Client.SuspendAsync(user.Id);

        using var wrong = await anybody.TrySignInAsync(user.UserName, "not-the-password");
        using var right = await anybody.TrySignInAsync(user.UserName);

        await Problem.ReadAsync(wrong, HttpStatusCode.Unauthorized, "wrong-credentials");
        await Problem.ReadAsync(right, HttpStatusCode.Forbidden, "account-suspended");
        Assert.Equal(0, await chat.ReadAsync<long>($"select count(*) from sessions where user_id = '{user.Id}' and ended_at is null"));
        await op.Client.LiftSuspensionAsync(user.Id);
        using var back = await user.SignInAgainAsync(chat);
        Assert.Equal(HttpStatusCode.OK, await back.ReachAsync());
    }

    [Fact]
    public async Task Sign_ins_at_the_same_moment_are_refused_or_ended()
    {
        using var op = await Operating.AppointedAsync(chat);
        using var user = await Person.RegisterAsync(chat, "user");
        using var anybody = chat.Client("api2");
        var signIns = Enumerable.Range(0, 4).Select(_ => anybody.TrySignInAsync(user.UserName)).ToArray();

        await op.Client.SuspendAsync(user.Id);

        var answers = await Task.WhenAll(signIns);
        Assert.All(answers, answer => Assert.Contains(answer.StatusCode, new[] { HttpStatusCode.OK, HttpStatusCode.Forbidden }));
        Assert.Equal(0, await chat.ReadAsync<long>($"select count(*) from sessions where user_id = '{user.Id}' and ended_at is null"));
    }

    [Fact]
    public async Task A_suspension_is_told_once_and_again_with_another_reason()
    {
        using var op = await Operating.AppointedAsync(chat);
        using var user = await Person.RegisterAsync(chat, "user");

        await op.Client.SuspendAsync(user.Id, "spam");
        await op.Client.SuspendAsync(user.Id, "spam");
        await op.Client.SuspendAsync(user.Id, "spam, and threats");
        await op.Client.LiftSuspensionAsync(user.Id);
        using var again = await op.Client.DeleteAsync($"/api/admin/users/{user.Id}/suspension");

        await Problem.ReadAsync(again, HttpStatusCode.NotFound, "not-found");
        var told = (await op.Client.AuditAsync($"?userId={user.Id}")).Items;
        Assert.Equal(
            [(AuditAct.SuspensionLifted, null), (AuditAct.UserSuspended, "spam, and threats"), (AuditAct.UserSuspended, "spam")],
            told.Select(entry => (entry.Act, entry.Details?.GetProperty("reason").GetString())));
        Assert.All(told, entry => Assert.Equal((op.Id, false), (entry.ActorId, entry.ByKey)));
    }

    [Fact]
    public async Task Operators_do_not_suspend_or_delete_themselves_and_nobody_who_is_not_there()
    {
        using var op = await Operating.AppointedAsync(chat);

        using var self = await op.Client.TrySuspendAsync(op.Id);
        using var delete = await op.Client.DeleteAsync($"/api/admin/users/{op.Id}");
        using var unknown = await op.Client.TrySuspendAsync(Guid.NewGuid());
        using var malformed = await op.Client.DeleteAsync("/api/admin/users/me/suspension");

        await Problem.ReadAsync(self, HttpStatusCode.Conflict, "own-account");
        await Problem.ReadAsync(delete, HttpStatusCode.Conflict, "own-account");
        await Problem.ReadAsync(unknown, HttpStatusCode.NotFound, "not-found");
        await Problem.ReadAsync(malformed, HttpStatusCode.NotFound, "not-found");
        Assert.Equal(HttpStatusCode.OK, await op.ReachAsync());
    }

    [Theory]
    [InlineData("")]
    [InlineData("two\nlines")]
    [InlineData("too long")]
    public async Task A_suspension_needs_a_reason_that_can_be_read(string reason)
    {
        using var op = chat.Operator();
        using var user = await Person.RegisterAsync(chat, "user");

        using var answer = await op.TrySuspendAsync(user.Id, reason == "too long" ? new string('x', 501) : reason);

        var problem = await Problem.ReadAsync(answer, HttpStatusCode.BadRequest, "invalid-request");
        Assert.Equal(["reason"], problem.Errors!.Keys);
        Assert.Equal(HttpStatusCode.OK, await user.ReachAsync());
    }

    [Fact]
    public async Task Of_two_last_operators_who_dismiss_each_other_at_once_one_stays()
    {
        using var ada = await Operating.AppointedAsync(chat, "ada");
        using var bob = await Operating.AppointedAsync(chat, "bob");
        await chat.ExecuteAsync($"update users set role = 'user' where role = 'operator' and id not in ('{ada.Id}', '{bob.Id}')");

        var answers = await Task.WhenAll(
            ada.Client.DeleteAsync($"/api/admin/operators/{bob.Id}"), bob.Client.DeleteAsync($"/api/admin/operators/{ada.Id}"));

        Assert.Equal(1, await chat.ReadAsync<long>("select count(*) from users where role = 'operator'"));
        Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.NoContent);
        var last = await chat.ReadAsync<Guid>("select id from users where role = 'operator'") == ada.Id ? ada : bob;
        using var resigns = await last.Client.DeleteAsync($"/api/admin/operators/{last.Id}");
        using var leaves = await last.Client.TryDeleteAccountAsync();
        await Problem.ReadAsync(resigns, HttpStatusCode.Conflict, "last-operator");
        await Problem.ReadAsync(leaves, HttpStatusCode.Conflict, "last-operator");
        Assert.Equal(HttpStatusCode.OK, await last.ReachAsync());
    }

    [Fact]
    public async Task An_operator_signs_a_user_out_everywhere_who_may_sign_in_again()
    {
        using var op = chat.Operator();
        using var user = await Person.RegisterAsync(chat, "user");

        using var ended = await op.DeleteAsync($"/api/admin/users/{user.Id}/sessions");

        Assert.Equal(HttpStatusCode.NoContent, ended.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, await user.ReachAsync());
        using var back = await user.SignInAgainAsync(chat);
        var told = Assert.Single((await op.AuditAsync($"?userId={user.Id}")).Items);
        Assert.Equal((AuditAct.SessionsEnded, 1), (told.Act, told.Details!.Value.GetProperty("sessions").GetInt32()));
        Assert.Equal((null, true), (told.ActorId, told.ByKey));
    }
}
