using System.Net;
using System.Net.Http.Json;
using Chat.Contracts.Accounts;
using Chat.Tests.Support;

namespace Chat.Tests.Api.Accounts;

[Collection(ChatCollection.Name)]
public sealed class UserTests(ChatApplication chat)
{
    [Fact]
    public async Task A_new_display_name_is_seen_by_others()
    {
        using var ada = await Person.RegisterAsync(chat);
        using var other = await Person.RegisterAsync(chat, service: "api2");

        using var answer = await ada.Client.PatchAsJsonAsync("/api/users/me", new ChangeProfileRequest("  Countess 👑 "));

        Assert.Equal("Countess 👑", (await answer.Content.ReadFromJsonAsync<Me>())!.DisplayName);
        var profile = await other.Client.GetFromJsonAsync<UserProfile>($"/api/users/{ada.Id}");
        Assert.Equal(new UserProfile(ada.Id, ada.UserName, "Countess 👑"), profile);
    }

    [Theory]
    [InlineData("""{"displayName":""}""", "invalid-request")]
    [InlineData("""{"displayName":"a\nb"}""", "invalid-request")]
    [InlineData("""{"displayName":"0123456789012345678901234567890123456789012345678901234567890123456789"}""", "invalid-request")]
    [InlineData("""{"displayName":null}""", "malformed-request")]
    [InlineData("""{"displayName":["a"]}""", "malformed-request")]
    [InlineData("""{"displayName":"a","displayName":"b"}""", "malformed-request")]
    [InlineData("""{"displayName":"\ud800"}""", "malformed-request")]
    [InlineData("{}", "malformed-request")]
    [InlineData("[]", "malformed-request")]
    public async Task A_profile_that_is_not_allowed_changes_nothing(string body, string type)
    {
        using var ada = await Person.RegisterAsync(chat, displayName: "Ada");

        using var answer = await ada.Client.PatchAsync("/api/users/me", new StringContent(body, null, "application/json"));

        await Problem.ReadAsync(answer, HttpStatusCode.BadRequest, type);
        Assert.Equal("Ada", (await ada.Client.GetFromJsonAsync<Me>("/api/users/me"))!.DisplayName);
    }

    [Theory]
    [InlineData("00000000-0000-0000-0000-000000000000")]
    [InlineData("me2")]
    [InlineData("1e400")]
    public async Task An_unknown_or_malformed_id_is_not_found(string id)
    {
        using var ada = await Person.RegisterAsync(chat);

        using var answer = await ada.Client.GetAsync($"/api/users/{id}");

        await Problem.ReadAsync(answer, HttpStatusCode.NotFound, "not-found");
    }

    [Fact]
    public async Task People_are_found_by_the_beginning_of_either_name_page_by_page_each_once()
    {
        var common = $"q{Guid.NewGuid():N}"[..14];
        var people = new List<Person>();
        for (var i = 0; i < 7; i++)
        {
            // By the user name, by the display name (in capitals), and by both.
            people.Add(await Person.RegisterAsync(
                chat, i % 3 == 1 ? "other" : common, i % 3 == 0 ? "Somebody" : $"{common.ToUpperInvariant()} Äpfel {i}"));
        }

        var found = await AllPagesAsync(people[0], common, limit: 2);
        var byDisplayName = await AllPagesAsync(people[0], $"{common} äPF", limit: 3);

        Assert.Equal(people.Select(p => p.Id).Order(), found.Select(u => u.Id).Order());
        Assert.Equal(people.Where((_, i) => i % 3 != 0).Select(p => p.Id).Order(), byDisplayName.Select(u => u.Id).Order());
        people.ForEach(p => p.Dispose());
    }

    [Theory]
    [InlineData("%25")]
    [InlineData("_")]
    [InlineData("%5C")]
    [InlineData("'")]
    public async Task Signs_that_mean_something_to_SQL_mean_themselves(string query)
    {
        using var ada = await Person.RegisterAsync(chat);

        var found = await ada.Client.GetFromJsonAsync<UserList>($"/api/users?query={query}");

        Assert.Empty(found!.Items);
    }

    [Theory]
    [InlineData("", "malformed-request")]
    [InlineData("query=", "invalid-request")]
    [InlineData("query=%20%20", "invalid-request")]
    [InlineData("query=%00", "invalid-request")]
    [InlineData("query=01234567890123456789012345678901234567890123456789012345678901234", "invalid-request")]
    [InlineData("query=a&limit=0", "invalid-request")]
    [InlineData("query=a&limit=101", "invalid-request")]
    [InlineData("query=a&limit=many", "malformed-request")]
    [InlineData("query=a&after=nonsense", "invalid-request")]
    [InlineData("query=a&after=MApYCgA", "invalid-request")]
    [InlineData("query=a&after=!", "invalid-request")]
    public async Task A_search_that_makes_no_sense_is_refused(string parameters, string type)
    {
        using var ada = await Person.RegisterAsync(chat);

        using var answer = await ada.Client.GetAsync($"/api/users?{parameters}");

        await Problem.ReadAsync(answer, HttpStatusCode.BadRequest, type);
    }

    private static async Task<List<UserProfile>> AllPagesAsync(Person asker, string query, int limit)
    {
        var found = new List<UserProfile>();
        for (string? after = null; ;)
        {
            var page = await asker.Client.GetFromJsonAsync<UserList>(
                $"/api/users?query={Uri.EscapeDataString(query)}&limit={limit}{(after is null ? "" : $"&after={after}")}");
            Assert.InRange(page!.Items.Count, 1, limit);
            found.AddRange(page.Items);
            after = page.Next;
            if (after is null)
            {
                return found;
            }
        }
    }
}
