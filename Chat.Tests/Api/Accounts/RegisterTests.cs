using System.Buffers.Binary;
using System.Net;
using System.Net.Http.Json;
using Chat.Contracts.Accounts;
using Chat.Tests.Support;

namespace Chat.Tests.Api.Accounts;

[Collection(ChatCollection.Name)]
public sealed class RegisterTests(ChatApplication chat)
{
    [Fact]
    public async Task A_newcomer_is_signed_in_and_known_to_the_other_replica()
    {
        using var ada = await Person.RegisterAsync(chat, "Ada", "Ada Lovelace");

        var me = await ada.Client.GetFromJsonAsync<Me>("/api/users/me");

        Assert.Equal(HttpStatusCode.OK, await ada.ReachAsync(chat: chat, service: "api2"));
        Assert.Equal("Ada Lovelace", me!.DisplayName);
        Assert.Equal(ada.UserName.ToLowerInvariant(), me.UserName);
        Assert.Equal(["user"], me.Roles);
        Assert.InRange(ada.SignIn.ExpiresAt, DateTimeOffset.UtcNow.AddMinutes(9), DateTimeOffset.UtcNow.AddMinutes(10));
    }

    [Fact]
    public async Task A_name_is_taken_whatever_its_letter_case()
    {
        using var ada = await Person.RegisterAsync(chat, "ada");
        using var client = chat.Client("api2");

        using var answer = await client.PostAsJsonAsync("/api/auth/register", new RegisterRequest(ada.UserName.ToUpperInvariant(), Person.Password));

        await Problem.ReadAsync(answer, HttpStatusCode.Conflict, "user-name-taken");
    }

    [Fact]
    public async Task Of_many_who_want_a_name_at_once_one_gets_it()
    {
        var name = Person.Name("wanted");
        using var one = chat.Client();
        using var other = chat.Client("api2");

        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(i =>
            (i % 2 == 0 ? one : other).PostAsJsonAsync("/api/auth/register", new RegisterRequest(name, Person.Password))));

        Assert.Equal(1, answers.Count(a => a.StatusCode == HttpStatusCode.Created));
        Assert.Equal(5, answers.Count(a => a.StatusCode == HttpStatusCode.Conflict));
    }

    [Theory]
    [InlineData("ab", "a-Good-password-9", "Ada", "userName")]
    [InlineData("a-name-of-more-than-32-characters", "a-Good-password-9", "Ada", "userName")]
    [InlineData("ada lovelace", "a-Good-password-9", "Ada", "userName")]
    [InlineData("ädä", "a-Good-password-9", "Ada", "userName")]
    [InlineData("ada\n", "a-Good-password-9", "Ada", "userName")]
    [InlineData("ada\0", "a-Good-password-9", "Ada", "userName")]
    [InlineData("ada-l", "123456789", "Ada", "password")]
    [InlineData("ada-l", "Password123", "Ada", "password")]
    [InlineData("ada-l", "aaaaaaaaaaaa", "Ada", "password")]
    [InlineData("ada-lovelace", "Ada-Lovelace1", "Ada", "password")]
    [InlineData("ada-l", "a-Good-password-9", "", "displayName")]
    [InlineData("ada-l", "a-Good-password-9", "   ", "displayName")]
    [InlineData("ada-l", "a-Good-password-9", "A\0da", "displayName")]
    [InlineData("ada-l", "a-Good-password-9", "Ada\u202Ecilbup", "displayName")]
    [InlineData("ada-l", "a-Good-password-9", "A name of more than sixty-four characters, which is quite a lot.!", "displayName")]
    public async Task What_is_not_allowed_is_named_and_makes_no_account(string userName, string password, string displayName, string field)
    {
        using var client = chat.Client();

        using var answer = await client.PostAsJsonAsync("/api/auth/register", new RegisterRequest(userName, password, displayName));

        var problem = await Problem.ReadAsync(answer, HttpStatusCode.BadRequest, "invalid-request");
        Assert.Equal([field], problem.Errors!.Keys);
        using var attempt = await client.PostAsJsonAsync("/api/auth/login", new LoginRequest(userName, password));
        Assert.NotEqual(HttpStatusCode.OK, attempt.StatusCode);
    }

    [Fact]
    public async Task A_password_of_more_than_128_characters_is_refused_before_it_is_hashed()
    {
        using var client = chat.Client();

        using var answer = await client.PostAsJsonAsync("/api/auth/register", new RegisterRequest(Person.Name("long"), new string('p', 129)));

        Assert.Contains("password", (await Problem.ReadAsync(answer, HttpStatusCode.BadRequest, "invalid-request")).Errors!.Keys);
    }

    [Fact]
    public async Task Passwords_are_hashed_as_ASP_NET_Core_does_by_default_and_no_weaker()
    {
        using var ada = await Person.RegisterAsync(chat);
        await using var database = await chat.OwnerAsync();
        await using var read = database.CreateCommand("select password_hash from users where id = $1");
        read.Parameters.AddWithValue(ada.Id);

        var hash = Convert.FromBase64String((string)(await read.ExecuteScalarAsync())!);

        // Identity's format 3: marker, pseudo-random function, iterations, length of the salt, salt, subkey.
        const int HmacSha512 = 2;
        Assert.Equal(1, hash[0]);
        Assert.Equal(HmacSha512, BinaryPrimitives.ReadInt32BigEndian(hash.AsSpan(1)));
        Assert.Equal(100_000, BinaryPrimitives.ReadInt32BigEndian(hash.AsSpan(5)));
        Assert.Equal(16, BinaryPrimitives.ReadInt32BigEndian(hash.AsSpan(9)));
        Assert.Equal(32, hash.Length - 13 - 16);
    }
}
