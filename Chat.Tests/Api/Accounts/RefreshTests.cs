using System.Net;
using System.Net.Http.Json;
using Chat.Contracts.Accounts;
using Chat.Tests.Support;

namespace Chat.Tests.Api.Accounts;

[Collection(ChatCollection.Name)]
public sealed class RefreshTests(ChatApplication chat)
{
    [Fact]
    public async Task A_refresh_gives_new_tokens_for_the_same_session()
    {
        using var ada = await Person.RegisterAsync(chat);
        var first = ada.SignIn;

        Assert.Equal(HttpStatusCode.OK, await ada.RefreshAsync());

        Assert.Equal(first.SessionId, ada.SignIn.SessionId);
        Assert.NotEqual(first.RefreshToken, ada.SignIn.RefreshToken);
        Assert.Equal(HttpStatusCode.OK, await ada.ReachAsync());
        Assert.Equal(HttpStatusCode.OK, await ada.ReachAsync(first.AccessToken));
    }

    [Fact]
    public async Task Whoever_lost_an_answer_may_ask_once_more_and_goes_on_with_the_second()
    {
        using var ada = await Person.RegisterAsync(chat);
        var first = ada.SignIn.RefreshToken;
        await ada.RefreshAsync();

        Assert.Equal(HttpStatusCode.OK, await ada.RefreshAsync(first));
        Assert.Equal(HttpStatusCode.OK, await ada.RefreshAsync());
        Assert.Equal(HttpStatusCode.OK, await ada.RefreshAsync());
    }

    [Fact]
    public async Task An_earlier_token_ends_the_session_for_thief_and_owner()
    {
        using var ada = await Person.RegisterAsync(chat);
        var stolen = ada.SignIn.RefreshToken;
        await ada.RefreshAsync();
        await ada.RefreshAsync();

        Assert.Equal(HttpStatusCode.Unauthorized, await ada.RefreshAsync(stolen));

        Assert.Equal(HttpStatusCode.Unauthorized, await ada.RefreshAsync());
        Assert.Equal(HttpStatusCode.Unauthorized, await ada.ReachAsync());
    }

    [Fact]
    public async Task The_token_before_the_current_one_ends_the_session_once_thirty_seconds_have_gone_by()
    {
        using var ada = await Person.RegisterAsync(chat);
        var first = ada.SignIn.RefreshToken;
        await ada.RefreshAsync();
        await AgeAsync(ada, "31 seconds");

        Assert.Equal(HttpStatusCode.Unauthorized, await ada.RefreshAsync(first));
        Assert.Equal(HttpStatusCode.Unauthorized, await ada.RefreshAsync());
    }

    [Theory]
    [InlineData("59 days", HttpStatusCode.OK)]
    [InlineData("61 days", HttpStatusCode.Unauthorized)]
    public async Task A_session_lives_for_sixty_days_after_its_last_refresh(string unused, HttpStatusCode expected)
    {
        using var ada = await Person.RegisterAsync(chat);
        await AgeAsync(ada, unused);

        Assert.Equal(expected, await ada.RefreshAsync());
    }

    [Fact]
    public async Task Of_many_uses_of_one_token_at_once_two_succeed_and_the_session_is_over()
    {
        using var ada = await Person.RegisterAsync(chat);
        using var other = chat.Client("api2");

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(i =>
            (i % 2 == 0 ? ada.Client : other).PostAsJsonAsync("/api/auth/refresh", new RefreshRequest(ada.SignIn.RefreshToken))));

        Assert.Equal(2, answers.Count(a => a.StatusCode == HttpStatusCode.OK));
        Assert.Equal(6, answers.Count(a => a.StatusCode == HttpStatusCode.Unauthorized));
        Assert.Equal(HttpStatusCode.Unauthorized, await ada.RefreshAsync());
    }

    [Theory]
    [InlineData("x")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!")]
    [InlineData("\0")]
    public async Task A_token_that_never_was_opens_nothing(string token)
    {
        using var client = chat.Client();

        using var answer = await client.PostAsJsonAsync("/api/auth/refresh", new RefreshRequest(token));

        await Problem.ReadAsync(answer, HttpStatusCode.Unauthorized, "session-ended");
    }

    [Fact]
    public async Task Tokens_are_nowhere_in_the_database()
    {
        using var ada = await Person.RegisterAsync(chat);
        await ada.RefreshAsync();
        await using var database = await chat.OwnerAsync();
        await using var read = database.CreateCommand("select s::text from sessions s where id = $1");
        read.Parameters.AddWithValue(ada.SignIn.SessionId);

        var row = (string)(await read.ExecuteScalarAsync())!;

        var token = System.Buffers.Text.Base64Url.DecodeFromChars(ada.SignIn.RefreshToken);
        Assert.DoesNotContain(ada.SignIn.RefreshToken, row, StringComparison.Ordinal);
        Assert.DoesNotContain(Convert.ToHexStringLower(token.AsSpan(16)), row, StringComparison.Ordinal);
        Assert.DoesNotContain(Convert.ToHexStringLower(token.AsSpan(0, 16)), row, StringComparison.Ordinal);
    }

    /// <summary>Makes the session's last refresh longer ago.</summary>
    private async Task AgeAsync(Person person, string by)
    {
        await using var database = await chat.OwnerAsync();
        await using var update = database.CreateCommand(
            "update sessions set last_refreshed_at = last_refreshed_at - $2::interval where id = $1");
        update.Parameters.AddWithValue(person.SignIn.SessionId);
        update.Parameters.AddWithValue(by);
        Assert.Equal(1, await update.ExecuteNonQueryAsync());
    }
}
