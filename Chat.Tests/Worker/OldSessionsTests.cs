using System.Net;
using Chat.Data.Accounts;
using Chat.Tests.Support;
using Npgsql;

namespace Chat.Tests.Worker;

[Collection(ChatCollection.Name)]
public sealed class OldSessionsTests(ChatApplication chat)
{
    [Fact]
    public async Task Sessions_that_have_long_been_over_are_removed_and_no_others()
    {
        using var ada = await Person.RegisterAsync(chat, "ada");
        using var ended = await ada.SignInAgainAsync(chat);
        using var justEnded = await ada.SignInAgainAsync(chat);
        using var expired = await ada.SignInAgainAsync(chat);
        using var justExpired = await ada.SignInAgainAsync(chat);
        await SetAsync(ended, "ended_at = now() - interval '31 days'");
        await SetAsync(justEnded, "ended_at = now() - interval '29 days'");
        await SetAsync(expired, "last_refreshed_at = now() - interval '91 days'");
        await SetAsync(justExpired, "last_refreshed_at = now() - interval '61 days'");
        await using var database = NpgsqlDataSource.Create(await chat.ConnectionStringAsync("pgbouncer"));

        await RemoveOldSessions.RunAsync(database, TimeSpan.FromDays(30), CancellationToken.None);

        Person[] all = [ada, ended, justEnded, expired, justExpired];
        var there = await Task.WhenAll(all.Select(IsThereAsync));
        Assert.Equal([true, false, true, false, true], there);
        Assert.Equal(HttpStatusCode.OK, await ada.RefreshAsync());
        Assert.Equal(HttpStatusCode.Unauthorized, await ended.RefreshAsync());
    }

    private Task SetAsync(Person person, string what) => chat.ExecuteAsync($"update sessions set {what} where id = '{person.SignIn.SessionId}'");

    private Task<bool> IsThereAsync(Person person) =>
        chat.ReadAsync<bool>($"select exists (select from sessions where id = '{person.SignIn.SessionId}')");
}
