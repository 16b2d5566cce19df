using System.Net;
using System.Net.Http.Headers;
using Chat.Tests.Support;

namespace Chat.Tests.Api.Accounts;

[Collection(ChatCollection.Name)]
public sealed class AccessTokenTests(ChatApplication chat)
{
    [Theory]
    [InlineData("00:09:30", HttpStatusCode.OK)]
    [InlineData("00:10:01", HttpStatusCode.Unauthorized)]
    public async Task A_token_is_taken_for_ten_minutes(string age, HttpStatusCode expected)
    {
        using var ada = await Person.RegisterAsync(chat);

        var token = await TokenMint.MakeAsync(chat, TimeSpan.Parse(age, System.Globalization.CultureInfo.InvariantCulture), ada);

        Assert.Equal(expected, await ada.ReachAsync(token));
    }

    [Fact]
    public async Task A_token_changed_in_any_place_is_refused()
    {
        using var ada = await Person.RegisterAsync(chat);
        var token = ada.SignIn.AccessToken;
        foreach (var place in new[] { 0, token.Length / 3, token.Length / 2, token.Length - 3 })
        {
            var forged = token[..place] + (token[place] == 'A' ? 'B' : 'A') + token[(place + 1)..];
            Assert.Equal(HttpStatusCode.Unauthorized, await ada.ReachAsync(forged));
        }

        Assert.Equal(HttpStatusCode.OK, await ada.ReachAsync());
    }

    [Fact]
    public async Task A_refresh_token_is_no_access_token()
    {
        using var ada = await Person.RegisterAsync(chat);

        Assert.Equal(HttpStatusCode.Unauthorized, await ada.ReachAsync(ada.SignIn.RefreshToken));
    }

    [Fact]
    public async Task A_token_in_the_address_of_a_request_counts_for_nothing()
    {
        using var ada = await Person.RegisterAsync(chat);
        using var client = chat.Client();

        using var answer = await client.GetAsync($"/api/users/me?access_token={ada.SignIn.AccessToken}");

        await Problem.ReadAsync(answer, HttpStatusCode.Unauthorized, "not-signed-in");
    }

    [Theory]
    [InlineData("Basic")]
    [InlineData("Token")]
    public async Task Only_the_bearer_scheme_is_known(string scheme)
    {
        using var ada = await Person.RegisterAsync(chat);
        using var client = chat.Client();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(scheme, ada.SignIn.AccessToken);

        using var answer = await client.GetAsync("/api/users/me");

        await Problem.ReadAsync(answer, HttpStatusCode.Unauthorized, "not-signed-in");
        Assert.Contains("Bearer", answer.Headers.WwwAuthenticate.Select(h => h.Scheme));
    }
}
