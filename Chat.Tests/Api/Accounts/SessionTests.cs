using System.Net;
using System.Net.Http.Json;
using Chat.Contracts.Accounts;
using Chat.Tests.Support;

namespace Chat.Tests.Api.Accounts;

[Collection(ChatCollection.Name)]
public sealed class SessionTests(ChatApplication chat)
{
    [Fact]
    public async Task A_person_sees_their_own_sign_ins_and_which_one_asks()
    {
        using var phone = await Person.RegisterAsync(chat);
        using var laptop = await phone.SignInAgainAsync(chat, "api2");

        var sessions = await laptop.Client.GetFromJsonAsync<SessionList>("/api/auth/sessions");

        Assert.Equal([laptop.SignIn.SessionId, phone.SignIn.SessionId], sessions!.Items.Select(s => s.Id));
        Assert.Equal([true, false], sessions.Items.Select(s => s.Current));
        Assert.Null(sessions.Next);
    }

    [Fact]
    public async Task A_client_is_remembered_by_what_it_calls_itself_without_what_does_not_print()
    {
        using var ada = await Person.RegisterAsync(chat);
        using var client = chat.Client();
        client.DefaultRequestHeaders.TryAddWithoutValidation("User-Agent", $"Chat\tfor ada {new string('x', 300)}");
        using var login = await client.PostAsJsonAsync("/api/auth/login", new LoginRequest(ada.UserName, Person.Password));

        var sessions = await ada.Client.GetFromJsonAsync<SessionList>("/api/auth/sessions");

        var agent = sessions!.Items.Single(s => !s.Current).UserAgent;
        Assert.StartsWith("Chatfor ada xxx", agent, StringComparison.Ordinal);
        Assert.Equal(256, agent!.Length);
    }

    [Fact]
    public async Task A_sign_out_ends_access_at_once_and_refreshing_too()
    {
        using var ada = await Person.RegisterAsync(chat);

        using var answer = await ada.Client.PostAsync("/api/auth/logout", null);

        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, await ada.ReachAsync());
        Assert.Equal(HttpStatusCode.Unauthorized, await ada.RefreshAsync());
    }

    [Fact]
    public async Task A_lost_phone_is_signed_out_from_the_laptop_which_stays_signed_in()
    {
        using var phone = await Person.RegisterAsync(chat);
        using var laptop = await phone.SignInAgainAsync(chat);

        using var first = await laptop.Client.DeleteAsync($"/api/auth/sessions/{phone.SignIn.SessionId}");
        using var again = await laptop.Client.DeleteAsync($"/api/auth/sessions/{phone.SignIn.SessionId}");

        Assert.Equal(HttpStatusCode.NoContent, first.StatusCode);
        await Problem.ReadAsync(again, HttpStatusCode.NotFound, "not-found");
        Assert.Equal(HttpStatusCode.Unauthorized, await phone.ReachAsync());
        Assert.Equal(HttpStatusCode.Unauthorized, await phone.RefreshAsync());
        Assert.Equal(HttpStatusCode.OK, await laptop.ReachAsync());
        Assert.Equal(HttpStatusCode.OK, await laptop.RefreshAsync());
    }

    [Fact]
    public async Task Somebody_elses_session_is_not_to_be_found_and_goes_on()
    {
        using var ada = await Person.RegisterAsync(chat);
        using var stranger = await Person.RegisterAsync(chat);

        using var answer = await stranger.Client.DeleteAsync($"/api/auth/sessions/{ada.SignIn.SessionId}");

        await Problem.ReadAsync(answer, HttpStatusCode.NotFound, "not-found");
        Assert.Equal(HttpStatusCode.OK, await ada.ReachAsync());
        Assert.Equal(HttpStatusCode.OK, await ada.RefreshAsync());
    }

    [Fact]
    public async Task Signing_out_everywhere_ends_all_of_ones_own_sessions_and_no_others()
    {
        using var phone = await Person.RegisterAsync(chat);
        using var laptop = await phone.SignInAgainAsync(chat);
        using var stranger = await Person.RegisterAsync(chat);

        using var answer = await laptop.Client.DeleteAsync("/api/auth/sessions");

        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, await laptop.ReachAsync());
        Assert.Equal(HttpStatusCode.Unauthorized, await phone.ReachAsync());
        Assert.Equal(HttpStatusCode.Unauthorized, await phone.RefreshAsync());
        Assert.Equal(HttpStatusCode.OK, await stranger.ReachAsync());
        using var back = await phone.SignInAgainAsync(chat);
        Assert.Equal(HttpStatusCode.OK, await back.ReachAsync());
    }

    [Fact]
    public async Task A_hundred_sessions_may_live_and_a_further_sign_in_ends_the_one_unused_for_longest()
    {
        using var ada = await Person.RegisterAsync(chat);
        await using var database = await chat.OwnerAsync();
        await using var insert = database.CreateCommand("""
            insert into sessions (id, user_id, family_hash, refresh_hash)
            select gen_random_uuid(), $1, uuid_send(gen_random_uuid()), uuid_send(gen_random_uuid()) from generate_series(1, 99)
            """);
        insert.Parameters.AddWithValue(ada.Id);
        await insert.ExecuteNonQueryAsync();

        using var again = await ada.SignInAgainAsync(chat);

        var sessions = await again.Client.GetFromJsonAsync<SessionList>("/api/auth/sessions");
        Assert.Equal(100, sessions!.Items.Count);
        Assert.DoesNotContain(ada.SignIn.SessionId, sessions.Items.Select(s => s.Id));
        Assert.Equal(HttpStatusCode.Unauthorized, await ada.ReachAsync());
    }
}
