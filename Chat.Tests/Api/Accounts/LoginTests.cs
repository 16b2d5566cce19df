using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using Chat.Contracts.Accounts;
using Chat.Tests.Support;

namespace Chat.Tests.Api.Accounts;

[Collection(ChatCollection.Name)]
public sealed class LoginTests(ChatApplication chat)
{
    private const string Wrong = "not-the-password-1";

    [Fact]
    public async Task A_person_signs_in_whatever_the_letter_case_of_the_name()
    {
        using var ada = await Person.RegisterAsync(chat, "ada");
        using var client = chat.Client("api2");

        using var answer = await LoginAsync(client, ada.UserName.ToUpperInvariant(), Person.Password);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact]
    public async Task A_wrong_password_and_an_unknown_name_get_the_same_answer_after_about_the_same_time()
    {
        using var ada = await Person.RegisterAsync(chat);
        using var client = chat.Client();
        var (wrong, unknown) = (new List<TimeSpan>(), new List<TimeSpan>());
        var bodies = new HashSet<string>();
        for (var i = 0; i < 7; i++)
        {
            wrong.Add(await RefusedAsync(ada.UserName));
            unknown.Add(await RefusedAsync(Person.Name("nobody")));
        }

        var ratio = Median(wrong) / Median(unknown);

        Assert.Single(bodies);
        Assert.InRange(ratio, 0.5, 2);

        async Task<TimeSpan> RefusedAsync(string userName)
        {
            var started = Stopwatch.GetTimestamp();
            using var answer = await LoginAsync(client, userName, Wrong);
            var took = Stopwatch.GetElapsedTime(started);
            var problem = await Problem.ReadAsync(answer, HttpStatusCode.Unauthorized, "wrong-credentials");
            bodies.Add($"{problem with { TraceId = "" }}");
            return took;
        }
    }

    [Fact]
    public async Task After_ten_wrong_passwords_the_right_one_opens_nothing_until_the_lock_ends_and_nobody_else_is_locked()
    {
        using var victim = await Person.RegisterAsync(chat);
        using var other = await Person.RegisterAsync(chat);
        using var client = chat.Client();
        using var client2 = chat.Client("api2");
        await Task.WhenAll(Enumerable.Range(0, 10).Select(async i =>
        {
            using var refused = await LoginAsync(i % 2 == 0 ? client : client2, victim.UserName, Wrong);
            Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        }));

        using var locked = await LoginAsync(client2, victim.UserName, Person.Password);
        using var free = await LoginAsync(client, other.UserName, Person.Password);
        var minutes = await LockedMinutesAsync(victim);
        await EndLockAsync(victim);
        using var unlocked = await LoginAsync(client, victim.UserName, Person.Password);

        await Problem.ReadAsync(locked, HttpStatusCode.Unauthorized, "wrong-credentials");
        Assert.Equal(HttpStatusCode.OK, free.StatusCode);
        Assert.InRange(minutes, 4, 5);
        Assert.Equal(HttpStatusCode.OK, unlocked.StatusCode);
        Assert.Equal(HttpStatusCode.OK, await victim.ReachAsync());
    }

    [Fact]
    public async Task A_right_password_forgets_the_wrong_ones_before_it()
    {
        using var ada = await Person.RegisterAsync(chat);
        using var client = chat.Client();
        for (var i = 0; i < 12; i++)
        {
            using var answer = await LoginAsync(client, ada.UserName, i % 6 == 5 ? Person.Password : Wrong);
            Assert.Equal(i % 6 == 5 ? HttpStatusCode.OK : HttpStatusCode.Unauthorized, answer.StatusCode);
        }
    }

    [Theory]
    [InlineData("'; drop table users; --")]
    [InlineData("nobody\0")]
    [InlineData("%")]
    [InlineData("🦆🦆🦆")]
    public async Task A_name_that_nobody_can_have_is_simply_wrong(string userName)
    {
        using var client = chat.Client();

        using var answer = await LoginAsync(client, userName, Wrong);

        await Problem.ReadAsync(answer, HttpStatusCode.Unauthorized, "wrong-credentials");
    }

    private static Task<HttpResponseMessage> LoginAsync(HttpClient client, string userName, string password) =>
        client.PostAsJsonAsync("/api/auth/login", new LoginRequest(userName, password));

    private static double Median(List<TimeSpan> times) => times.Order().ElementAt(times.Count / 2).TotalMilliseconds;

    private async Task<double> LockedMinutesAsync(Person person)
    {
        await using var database = await chat.OwnerAsync();
        await using var read = database.CreateCommand("select extract(epoch from lockout_end - now())::float8 / 60 from users where id = $1");
        read.Parameters.AddWithValue(person.Id);
        return (double)(await read.ExecuteScalarAsync())!;
    }

    private async Task EndLockAsync(Person person)
    {
        await using var database = await chat.OwnerAsync();
        await using var update = database.CreateCommand("update users set lockout_end = now() - interval '1 second' where id = $1");
        update.Parameters.AddWithValue(person.Id);
        await update.ExecuteNonQueryAsync();
    }
}
