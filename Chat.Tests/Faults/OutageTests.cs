using System.Net;
using System.Net.Http.Json;
using Aspire.Hosting.ApplicationModel;
using Chat.Contracts.Accounts;
using Chat.Tests.Support;

namespace Chat.Tests.Faults;

/// <summary>While the database is away a request is refused as "try again", never as wrong, and nothing needs a restart after.</summary>
public sealed class OutageTests(ChatApplication chat) : IClassFixture<ChatApplication>
{
    [Theory]
    [InlineData("postgres")]
    [InlineData("pgbouncer")]
    public async Task Without_the_database_every_call_says_503_and_when_to_come_back(string victim)
    {
        using var ada = await Person.RegisterAsync(chat);
        var group = (await ada.CreateGroupAsync()).Id;
        await ada.Client.SendAsync(group);
        Signals.Kill(chat, victim);
        using var timeout = new CancellationTokenSource(ChatApplication.Patience);
        await chat.App.ResourceNotifications.WaitForResourceAsync(victim, KnownResourceStates.TerminalStates, timeout.Token);

        await RefusedAsync(await ada.Client.TryReadUpToAsync(group, 1));
        await RefusedAsync(await ada.Client.GetAsync("/api/users/me"));
        await RefusedAsync(await ada.Client.GetAsync("/api/users?query=a"));
        await RefusedAsync(await ada.Client.PatchAsJsonAsync("/api/users/me", new ChangeProfileRequest("Countess")));
        await RefusedAsync(await ada.Client.PostAsJsonAsync("/api/auth/login", new LoginRequest(ada.UserName, Person.Password)));
        await RefusedAsync(await ada.Client.PostAsJsonAsync("/api/auth/register", new RegisterRequest(Person.Name("new"), Person.Password)));
        await RefusedAsync(await ada.Client.PostAsJsonAsync("/api/auth/refresh", new RefreshRequest(ada.SignIn.RefreshToken)));
        await RefusedAsync(await ada.Client.PostAsync("/api/auth/logout", null));

        var started = await chat.App.ResourceCommands.ExecuteCommandAsync(victim, "start");
        Assert.True(started.Success, started.Message);
        await Eventually.HoldsAsync(
            "the same refresh token is taken", TimeSpan.FromSeconds(10), async () => await ada.RefreshAsync() == HttpStatusCode.OK);
        Assert.Equal(HttpStatusCode.OK, await ada.ReachAsync());
        Assert.Equal(1, (await ada.Client.ReadUpToAsync(group, 1)).ReadSeq);
    }

    private static async Task RefusedAsync(HttpResponseMessage answer)
    {
        using (answer)
        {
            await Problem.ReadAsync(answer, HttpStatusCode.ServiceUnavailable, "database-unavailable");
            Assert.True(answer.Headers.RetryAfter?.Delta > TimeSpan.Zero);
        }
    }
}
