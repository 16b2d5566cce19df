using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Serialization.Metadata;
using Chat.Contracts;
using Chat.Contracts.Accounts;
using Chat.Contracts.Conversations;
using Chat.Contracts.Messages;

namespace Chat.Worker.Demo;

/// <summary>One of the demo's people, at the API.</summary>
/// <exception cref="HttpRequestException">Thrown by every call that the API does not answer as expected.</exception>
internal sealed class DemoPerson
{
    private static readonly ContractsJson Json = ContractsJson.Default;
    private readonly HttpClient _client;

    private DemoPerson(HttpClient client, Guid id) => (_client, Id) = (client, id);

    public Guid Id { get; }

    /// <summary>Registers, or signs in where the name is registered already.</summary>
    public static async Task<DemoPerson> SignInAsync(Uri api, string userName, string displayName, string password)
    {
        var client = new HttpClient { BaseAddress = api };
        var registered = await client.PostAsJsonAsync(
            "/api/auth/register", new RegisterRequest(userName, password, displayName), Json.RegisterRequest);
        var answer = registered.StatusCode == HttpStatusCode.Conflict
            ? await client.PostAsJsonAsync("/api/auth/login", new LoginRequest(userName, password), Json.LoginRequest)
            : registered;
        var signIn = await ReadAsync(answer, Json.SignIn);
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", signIn.AccessToken);
        return new DemoPerson(client, signIn.User.Id);
    }

    /// <summary>The group of that title, or the direct conversation; made where there is none yet.</summary>
    public async Task<Guid> OpenAsync(ConversationKind kind, string? title, IReadOnlyList<Guid> others)
    {
        if (kind == ConversationKind.Group)
        {
            var mine = await ReadAsync(await _client.GetAsync("/api/conversations"), Json.ConversationList);
            if (mine.Items.FirstOrDefault(c => c.Title == title) is { } known)
            {
                return known.Id;
            }
        }

        var made = await _client.PostAsJsonAsync(
            "/api/conversations", new CreateConversationRequest(kind, others, title), Json.CreateConversationRequest);
        return (await ReadAsync(made, Json.Conversation)).Id;
    }

    /// <summary>Sends a line of the script, once however often it is called.</summary>
    public async Task SendAsync(Guid conversation, int line, string text)
    {
        var clientId = ClientId(conversation, $"{line}");
        var sent = await _client.PostAsJsonAsync(
            $"/api/conversations/{conversation}/messages", new SendMessageRequest(clientId, text), Json.SendMessageRequest);
        sent.EnsureSuccessStatusCode();
    }

    /// <summary>Asks a question to which one may give several answers, once however often it is called, and returns its seq.</summary>
    public async Task<long> AskAsync(Guid conversation, string question, IReadOnlyList<string> options)
    {
        var poll = new SendPollRequest(ClientId(conversation, "poll"), question, options, Multiple: true);
        return (await ReadAsync(
            await _client.PostAsJsonAsync($"/api/conversations/{conversation}/polls", poll, Json.SendPollRequest), Json.Message)).Seq;
    }

    public async Task VoteAsync(Guid conversation, long seq, IReadOnlyList<int> options)
    {
        var voted = await _client.PutAsJsonAsync(
            $"/api/conversations/{conversation}/messages/{seq}/vote", new VoteRequest(options), Json.VoteRequest);
        voted.EnsureSuccessStatusCode();
    }

    private static Guid ClientId(Guid conversation, string line) => new(SHA256.HashData(Encoding.UTF8.GetBytes($"{conversation} {line}"))[..16]);

    private static async Task<T> ReadAsync<T>(HttpResponseMessage answer, JsonTypeInfo<T> type)
    {
        answer.EnsureSuccessStatusCode();
        return (await answer.Content.ReadFromJsonAsync(type))!;
    }
}
