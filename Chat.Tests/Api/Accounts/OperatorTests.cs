using System.Net;
using Chat.Tests.Support;

namespace Chat.Tests.Api.Accounts;

[Collection(ChatCollection.Name)]
public sealed class OperatorTests(ChatApplication chat)
{
    [Fact]
    public async Task A_user_sees_nothing_of_the_operators()
    {
        using var user = await Person.RegisterAsync(chat);

        using var status = await user.Client.GetAsync("/api/admin/status");
        using var promotion = await user.Client.PutAsync($"/api/admin/operators/{user.Id}", null);

        await Problem.ReadAsync(status, HttpStatusCode.Forbidden, "forbidden");
        await Problem.ReadAsync(promotion, HttpStatusCode.Forbidden, "forbidden");
        await user.RefreshAsync();
        Assert.Equal(["user"], user.SignIn.User.Roles);
    }

    [Fact]
    public async Task Whoever_has_the_key_appoints_an_operator_and_dismisses_them_with_effect_at_once()
    {
        using var key = chat.Operator();
        using var ada = await Person.RegisterAsync(chat);
        using var appointed = await key.PutAsync($"/api/admin/operators/{ada.Id}", null);
        await ada.RefreshAsync();

        using var allowed = await ada.Client.GetAsync("/api/admin/status");
        using var dismissed = await key.DeleteAsync($"/api/admin/operators/{ada.Id}");
        using var refused = await ada.Client.GetAsync("/api/admin/status");

        Assert.Equal(HttpStatusCode.NoContent, appointed.StatusCode);
        Assert.Equal(["user", "operator"], ada.SignIn.User.Roles);
        Assert.Equal(HttpStatusCode.OK, allowed.StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, dismissed.StatusCode);
        await Problem.ReadAsync(refused, HttpStatusCode.Unauthorized, "not-signed-in");
        using var back = await ada.SignInAgainAsync(chat);
        Assert.Equal(["user"], back.SignIn.User.Roles);
    }

    [Fact]
    public async Task Nobody_is_appointed_or_dismissed_who_is_not_there()
    {
        using var key = chat.Operator();
        using var user = await Person.RegisterAsync(chat);

        using var unknown = await key.PutAsync($"/api/admin/operators/{Guid.NewGuid()}", null);
        using var malformed = await key.PutAsync("/api/admin/operators/me", null);
        using var noOperator = await key.DeleteAsync($"/api/admin/operators/{user.Id}");

        await Problem.ReadAsync(unknown, HttpStatusCode.NotFound, "not-found");
        await Problem.ReadAsync(malformed, HttpStatusCode.NotFound, "not-found");
        await Problem.ReadAsync(noOperator, HttpStatusCode.NotFound, "not-found");
        Assert.Equal(HttpStatusCode.OK, await user.ReachAsync());
    }

    [Fact]
    public async Task The_key_is_no_user()
    {
        using var key = chat.Operator();

        using var answer = await key.GetAsync("/api/users/me");

        await Problem.ReadAsync(answer, HttpStatusCode.Unauthorized, "not-signed-in");
    }
}
