using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using Chat.Contracts;
using Chat.Contracts.Accounts;
using Chat.LoadTests;
using Chat.LoadTests.Seeding;
using Chat.LoadTests.Stacks;
using Chat.Tests.Support;

namespace Chat.Tests.LoadTests;

[Collection(ChatCollection.Name)]
public sealed class SeedUsersTests(ChatApplication chat)
{
    [Fact]
    public async Task Seeded_users_are_signed_in_each_as_themselves()
    {
        await using var stack = await chat.StackAsync();
        await using var users = await TestUsers.CreateAsync(stack, count: 40, seed: 1, CancellationToken.None);

        Assert.Equal(40, users.Count);
        foreach (var user in users.EachOf(8))
        {
            using var client = As(user);
            var me = await client.GetFromJsonAsync("/api/users/me", ContractsJson.Default.Me);
            Assert.Equal((user.Id, user.UserName, user.DisplayName), (me!.Id, me.UserName, me.DisplayName));
            Assert.StartsWith(users.Prefix, me.UserName, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task The_same_seed_gives_the_same_people_under_new_names_of_accounts()
    {
        await using var stack = await chat.StackAsync();
        await using var one = await TestUsers.CreateAsync(stack, count: 5, seed: 3, CancellationToken.None);
        await using var other = await TestUsers.CreateAsync(stack, count: 5, seed: 3, CancellationToken.None);

        Assert.Equal(one.Select(u => u.DisplayName), other.Select(u => u.DisplayName));
        Assert.Empty(one.Select(u => u.UserName).Intersect(other.Select(u => u.UserName)));
        Assert.Empty(one.Select(u => u.Id).Intersect(other.Select(u => u.Id)));
    }

    [Fact]
    public async Task A_token_is_renewed_before_its_end()
    {
        await using var stack = await chat.StackAsync();
        await using var users = await TestUsers.CreateAsync(stack, count: 2, seed: 1, CancellationToken.None);
        var (ending, other) = (users[0], users[1]);
        var (first, others) = (ending.AccessToken, other.AccessToken);
        ending.Use(new SignIn(first, DateTimeOffset.UtcNow.AddSeconds(1), ending.RefreshToken, Guid.Empty, User: null!));

        await using var renewal = TokenRenewal.Start(new SignIns(stack.Api), users);

        await Eventually.HoldsAsync("there is another token", TimeSpan.FromSeconds(10), () => Task.FromResult(ending.AccessToken != first));
        using var client = As(ending);
        using var answer = await client.GetAsync("/api/users/me");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(others, other.AccessToken);
        Assert.Equal(0, renewal.Lapsed);
    }

    [Fact]
    public async Task Who_cannot_be_signed_in_is_named()
    {
        await using var stack = await chat.StackAsync();
        var stranger = new TestUser(Guid.CreateVersion7(), "a-stranger", "A stranger", "no-token");
        using var signIns = new SignIns(stack.Api);

        var failure = await Assert.ThrowsAsync<CannotRunException>(() => signIns.RefreshAsync(stranger, CancellationToken.None));

        Assert.StartsWith("a-stranger cannot be signed in: ", failure.Message, StringComparison.Ordinal);
        Assert.EndsWith(" answers 401.", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_the_database_it_is_said_what_is_missing()
    {
        await using var stack = new Stack { Api = [new Uri("http://localhost:1")] };

        var failure = await Assert.ThrowsAsync<CannotRunException>(
            () => TestUsers.CreateAsync(stack, count: 1, seed: 1, CancellationToken.None));

        Assert.Equal(
            "This needs the database as its owner, and it is not known where that is: say it with --owner, or use --stack local.",
            failure.Message);
    }

    private HttpClient As(TestUser user)
    {
        var client = chat.Client();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", user.AccessToken);
        return client;
    }
}
