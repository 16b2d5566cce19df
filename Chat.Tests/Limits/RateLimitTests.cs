using System.Net;
using System.Net.Http.Json;
using Chat.Contracts.Accounts;
using Chat.Tests.Support;

namespace Chat.Tests.Limits;

/// <summary>How often one may ask, over two replicas.</summary>
[Collection(LimitedCollection.Name)]
public sealed class RateLimitTests(LimitedApplication chat)
{
    [Fact]
    public async Task A_flood_over_two_replicas_gets_what_one_limit_grants_and_a_calm_member_of_the_same_room_is_never_refused()
    {
        using var flooder = await Person.RegisterAsync(chat);
        using var calm = await Person.RegisterAsync(chat);
        using var calmElsewhere = calm.At(chat, "api2");
        var room = (await flooder.CreateGroupAsync(calm)).Id;

        await using var flood = Flood.Start(chat, flooder, room);
        for (var second = 0; second < 4; second++)
        {
            await flood.GoOnAsync(LimitedApplication.SendsPerSecond);
            await calm.Client.SendAsync(room, "calm");
            await calmElsewhere.SendAsync(room, "calm");
            await flooder.Client.HistoryAsync(room);
        }

        await flood.AssertHeldAsync();
    }

    [Fact]
    public async Task Who_is_refused_is_told_why_and_when_and_coming_back_then_is_accepted()
    {
        using var sender = await Person.RegisterAsync(chat);
        var room = (await sender.CreateGroupAsync()).Id;

        var refused = await RefusedSendAsync(sender.Client, room);

        using (refused)
        {
            var problem = await Problem.ReadAsync(refused, HttpStatusCode.TooManyRequests, "rate-limited");
            var wait = refused.Headers.RetryAfter!.Delta!.Value;
            Assert.Contains("Retry-After", problem.Detail, StringComparison.Ordinal);
            Assert.Equal(TimeSpan.FromSeconds(1), wait);
            Assert.Equal("\"sends\";r=0;t=1", Assert.Single(refused.Headers.GetValues("RateLimit")));
            await Task.Delay(wait);
        }

        await sender.Client.SendAsync(room, "after the wait");
    }

    [Fact]
    public async Task Each_answer_says_how_much_is_left_of_the_limit_that_it_counts_in()
    {
        using var sender = await Person.RegisterAsync(chat);
        var room = (await sender.CreateGroupAsync()).Id;
        using var elsewhere = sender.At(chat, "api2");

        using var first = await sender.Client.TrySendAsync(room, "one");
        using var second = await elsewhere.TrySendAsync(room, "two");
        using var read = await elsewhere.GetAsync($"/api/conversations/{room}/messages");
        using var search = await elsewhere.GetAsync("/api/users?query=a");
        using var wrong = await elsewhere.GetAsync($"/api/conversations/{Guid.NewGuid()}");

        Assert.Equal($"\"sends\";q={LimitedApplication.SendsBurst};w=2", Assert.Single(first.Headers.GetValues("RateLimit-Policy")));
        Assert.Equal("\"sends\";r=39;t=1", Assert.Single(first.Headers.GetValues("RateLimit")));
        Assert.Matches("^\"sends\";r=3[89];t=1$", Assert.Single(second.Headers.GetValues("RateLimit")));
        Assert.StartsWith("\"reads\";r=", Assert.Single(read.Headers.GetValues("RateLimit")), StringComparison.Ordinal);
        Assert.StartsWith("\"searches\";r=", Assert.Single(search.Headers.GetValues("RateLimit")), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, wrong.StatusCode);
        Assert.StartsWith("\"reads\";r=", Assert.Single(wrong.Headers.GetValues("RateLimit")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Signing_out_and_in_again_gives_no_new_permits()
    {
        using var sender = await Person.RegisterAsync(chat);
        var room = (await sender.CreateGroupAsync()).Id;
        (await RefusedSendAsync(sender.Client, room)).Dispose();
        using var signedOut = await sender.Client.PostAsync("/api/auth/logout", content: null);
        using var again = await sender.SignInAgainAsync(chat, "api2");

        // Some came back meanwhile; by far not all.
        var sent = 0;
        HttpResponseMessage answer;
        while ((answer = await again.Client.TrySendAsync(room, "more")).StatusCode == HttpStatusCode.Created)
        {
            sent++;
            answer.Dispose();
        }

        answer.Dispose();
        using var read = await again.Client.GetAsync("/api/users/me");
        Assert.Equal(HttpStatusCode.NoContent, signedOut.StatusCode);
        Assert.Equal(HttpStatusCode.OK, read.StatusCode);
        Assert.True(sent < LimitedApplication.SendsBurst * 3, $"{sent} were granted at once.");
    }

    [Fact]
    public async Task Sign_ins_are_counted_by_address_before_the_body_is_looked_at_and_other_addresses_are_not_touched()
    {
        var address = LimitedApplication.NewAddress();
        using var flooder = chat.Stranger("api", address);
        using var flooderElsewhere = chat.Stranger("api2", address);
        using var other = chat.Stranger();

        var refused = await CountRefusedAsync(LimitedApplication.SignInsBurst * 2, n => TryLoginAsync(n % 2 == 0 ? flooder : flooderElsewhere, ""));
        using var answered = await TryLoginAsync(other, "");

        Assert.InRange(refused, LimitedApplication.SignInsBurst / 2, LimitedApplication.SignInsBurst);
        await Problem.ReadAsync(answered, HttpStatusCode.BadRequest, "invalid-request");
    }

    [Fact]
    public async Task Sign_ins_are_counted_by_account_name_from_wherever_they_come_and_another_name_is_not_touched()
    {
        var name = Person.Name("victim");
        var refused = await CountRefusedAsync(LimitedApplication.NamesBurst + 3, async n =>
        {
            using var stranger = chat.Stranger(n % 2 == 0 ? "api" : "api2");
            return await TryLoginAsync(stranger, n % 2 == 0 ? name : name.ToUpperInvariant());
        });
        using var other = chat.Stranger();
        using var answered = await TryLoginAsync(other, Person.Name("other"));

        Assert.InRange(refused, 1, 3);
        await Problem.ReadAsync(answered, HttpStatusCode.Unauthorized, "wrong-credentials");
    }

    [Fact]
    public async Task A_flood_without_a_valid_token_is_refused_by_its_address_and_who_has_one_is_served_there()
    {
        using var ada = await Person.RegisterAsync(chat);
        var address = LimitedApplication.NewAddress();
        using var stranger = chat.Stranger(address: address);
        stranger.DefaultRequestHeaders.Add("Authorization", "Bearer forged");
        ada.Client.DefaultRequestHeaders.Add("X-Forwarded-For", address);

        var refused = await CountRefusedAsync(LimitedApplication.AnonymousBurst * 2, n => stranger.GetAsync("/api/users/me"));

        Assert.InRange(refused, 1, LimitedApplication.AnonymousBurst);
        Assert.Equal(HttpStatusCode.OK, await ada.ReachAsync());
    }

    [Fact]
    public async Task An_address_of_IPv6_counts_by_its_first_half()
    {
        var refused = await CountRefusedAsync(LimitedApplication.SignInsBurst * 2, async n =>
        {
            using var stranger = chat.Stranger("api", $"2001:db8:0:7::{n + 1:x}");
            return await TryLoginAsync(stranger, "");
        });
        using var neighbour = chat.Stranger("api", "2001:db8:0:8::1");
        using var answered = await TryLoginAsync(neighbour, "");

        Assert.True(refused > 0);
        Assert.Equal(HttpStatusCode.BadRequest, answered.StatusCode);
    }

    private static Task<HttpResponseMessage> TryLoginAsync(HttpClient client, string name) =>
        client.PostAsJsonAsync("/api/auth/login", new LoginRequest(name, "not-the-password-1"));

    private static async Task<int> CountRefusedAsync(int times, Func<int, Task<HttpResponseMessage>> ask)
    {
        var refused = 0;
        for (var n = 0; n < times; n++)
        {
            using var answer = await ask(n);
            refused += answer.StatusCode == HttpStatusCode.TooManyRequests ? 1 : 0;
        }

        return refused;
    }

    private static async Task<HttpResponseMessage> RefusedSendAsync(HttpClient client, Guid room)
    {
        for (var n = 0; n < LimitedApplication.SendsBurst * 50; n += 10)
        {
            var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => client.TrySendAsync(room, "hello")));
            var refused = Array.Find(answers, answer => answer.StatusCode == HttpStatusCode.TooManyRequests);
            Array.ForEach(answers, answer => (answer == refused ? null : answer)?.Dispose());
            if (refused is not null)
            {
                return refused;
            }
        }

        throw new InvalidOperationException("Nothing was ever refused.");
    }
}
