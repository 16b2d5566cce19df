using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using Chat.Contracts.Accounts;

namespace Chat.Tests.Support;

/// <summary>Somebody with an account of their own, signed in at one replica of the API.</summary>
internal sealed class Person : IDisposable
{
    public const string Password = "a-Good-password-9";

    private Person(HttpClient client, SignIn signIn)
    {
        Client = client;
        Use(signIn);
    }

    /// <summary>Sends the access token with each request.</summary>
    public HttpClient Client { get; }

    public SignIn SignIn { get; private set; } = null!;

    public Guid Id => SignIn.User.Id;

    public string UserName => SignIn.User.UserName;

    /// <summary>A user name that nobody has: the given beginning, then random letters.</summary>
    public static string Name(string beginning) => $"{beginning}-{Guid.NewGuid().ToString("N")[..12]}";

    public static async Task<Person> RegisterAsync(
        ChatApplication chat, string name = "person", string? displayName = null, string service = "api")
    {
        var client = chat.Client(service);
        using var answer = await client.PostAsJsonAsync(
            "/api/auth/register", new RegisterRequest(Name(name), Password, displayName ?? name));
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        return new Person(client, (await answer.Content.ReadFromJsonAsync<SignIn>())!);
    }

    /// <summary>Signs in once more, as on another device.</summary>
    public async Task<Person> SignInAgainAsync(ChatApplication chat, string service = "api")
    {
        var client = chat.Client(service);
        using var answer = await client.PostAsJsonAsync("/api/auth/login", new LoginRequest(UserName, Password));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return new Person(client, (await answer.Content.ReadFromJsonAsync<SignIn>())!);
    }

    /// <summary>Sends a refresh token, this person's current one unless told otherwise, and keeps what comes back.</summary>
    public async Task<HttpStatusCode> RefreshAsync(string? token = null)
    {
        using var answer = await Client.PostAsJsonAsync("/api/auth/refresh", new RefreshRequest(token ?? SignIn.RefreshToken));
        if (answer.StatusCode == HttpStatusCode.OK)
        {
            Use((await answer.Content.ReadFromJsonAsync<SignIn>())!);
        }

        return answer.StatusCode;
    }

    /// <summary>What an endpoint that needs a valid access token answers.</summary>
    public async Task<HttpStatusCode> ReachAsync(string? accessToken = null, ChatApplication? chat = null, string service = "api")
    {
        using var client = chat?.Client(service);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/users/me");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", accessToken ?? SignIn.AccessToken);
        using var answer = await (client ?? Client).SendAsync(request);
        return answer.StatusCode;
    }

    public void Dispose() => Client.Dispose();

    private void Use(SignIn signIn)
    {
        SignIn = signIn;
        Client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", signIn.AccessToken);
    }
}
