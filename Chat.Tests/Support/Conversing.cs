using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Serialization.Metadata;
using Chat.Contracts;
using Chat.Contracts.Conversations;
using Chat.Contracts.Messages;

namespace Chat.Tests.Support;

/// <summary>What people do in conversations, by the API. Each asserts that it was done.</summary>
internal static class Conversing
{
    private static readonly ContractsJson Json = ContractsJson.Default;

    /// <summary>The same person's calls at another replica.</summary>
    public static HttpClient At(this Person person, ChatApplication chat, string service)
    {
        var client = chat.Client(service);
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", person.SignIn.AccessToken);
        return client;
    }

    public static Task<Conversation> CreateGroupAsync(this Person creator, params Person[] others) => ReadAsync(
        creator.Client.PostAsJsonAsync(
            "/api/conversations",
            new CreateConversationRequest(ConversationKind.Group, [.. others.Select(o => o.Id)], "A group"), Json.CreateConversationRequest),
        HttpStatusCode.Created, Json.Conversation);

    public static Task<HttpResponseMessage> TryCreateDirectAsync(this HttpClient client, Guid other) => client.PostAsJsonAsync(
        "/api/conversations", new CreateConversationRequest(ConversationKind.Direct, [other]), Json.CreateConversationRequest);

    public static Task<HttpResponseMessage> TrySendAsync(this HttpClient client, Guid conversation, string text, Guid? clientId = null) =>
        client.PostAsJsonAsync(
            $"/api/conversations/{conversation}/messages", new SendMessageRequest(clientId ?? Guid.NewGuid(), text), Json.SendMessageRequest);

    public static Task<Message> SendAsync(this HttpClient client, Guid conversation, string text = "hello", Guid? clientId = null) =>
        ReadAsync(client.TrySendAsync(conversation, text, clientId), HttpStatusCode.Created, Json.Message);

    public static Task<HttpResponseMessage> TrySendAsync(this HttpClient client, Guid conversation, SendMessageRequest message) =>
        client.PostAsJsonAsync($"/api/conversations/{conversation}/messages", message, Json.SendMessageRequest);

    public static Task<Message> SendAsync(this HttpClient client, Guid conversation, SendMessageRequest message) =>
        ReadAsync(client.TrySendAsync(conversation, message), HttpStatusCode.Created, Json.Message);

    public static Task<HttpResponseMessage> TrySendPollAsync(this HttpClient client, Guid conversation, SendPollRequest poll) =>
        client.PostAsJsonAsync($"/api/conversations/{conversation}/polls", poll, Json.SendPollRequest);

    public static Task<Message> SendPollAsync(this HttpClient client, Guid conversation, SendPollRequest poll) =>
        ReadAsync(client.TrySendPollAsync(conversation, poll), HttpStatusCode.Created, Json.Message);

    public static Task<Conversation> ConversationAsync(this HttpClient client, Guid conversation) =>
        GetAsync(client, $"/api/conversations/{conversation}", Json.Conversation);

    public static Task<ConversationList> ConversationsAsync(this HttpClient client, string query = "") =>
        GetAsync(client, $"/api/conversations{query}", Json.ConversationList);

    public static Task<MemberList> MembersAsync(this HttpClient client, Guid conversation, string query = "") =>
        GetAsync(client, $"/api/conversations/{conversation}/members{query}", Json.MemberList);

    public static Task<MessagePage> HistoryAsync(this HttpClient client, Guid conversation, string query = "") =>
        GetAsync(client, $"/api/conversations/{conversation}/messages{query}", Json.MessagePage);

    public static Task<Message> MessageAsync(this HttpClient client, Guid conversation, long seq) =>
        GetAsync(client, $"/api/conversations/{conversation}/messages/{seq}", Json.Message);

    public static string Address(Guid conversation, long seq) => $"/api/conversations/{conversation}/messages/{seq}";

    public static Task<HttpResponseMessage> TryEditAsync(this HttpClient client, Guid conversation, long seq, string text) =>
        client.PatchAsJsonAsync(Address(conversation, seq), new EditMessageRequest(text), Json.EditMessageRequest);

    public static Task<Message> EditAsync(this HttpClient client, Guid conversation, long seq, EditMessageRequest edit) => ReadAsync(
        client.PatchAsJsonAsync(Address(conversation, seq), edit, Json.EditMessageRequest), HttpStatusCode.OK, Json.Message);

    public static Task<Message> EditAsync(this HttpClient client, Guid conversation, long seq, string text) =>
        ReadAsync(client.TryEditAsync(conversation, seq, text), HttpStatusCode.OK, Json.Message);

    public static Task<MessagePage> ThreadAsync(this HttpClient client, Guid conversation, long seq, string query = "") =>
        GetAsync(client, $"{Address(conversation, seq)}/thread{query}", Json.MessagePage);

    public static Task<VersionList> VersionsAsync(this HttpClient client, Guid conversation, long seq, string query = "") =>
        GetAsync(client, $"{Address(conversation, seq)}/history{query}", Json.VersionList);

    public static async Task DeleteMessageAsync(this HttpClient client, Guid conversation, long seq, string query = "")
    {
        using var answer = await client.DeleteAsync(Address(conversation, seq) + query);
        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
    }

    public static async Task PinAsync(this HttpClient client, Guid conversation, long seq)
    {
        using var answer = await client.PutAsync($"{Address(conversation, seq)}/pin", content: null);
        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
    }

    public static async Task UnpinAsync(this HttpClient client, Guid conversation, long seq)
    {
        using var answer = await client.DeleteAsync($"{Address(conversation, seq)}/pin");
        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
    }

    public static Task<PinList> PinsAsync(this HttpClient client, Guid conversation) =>
        GetAsync(client, $"/api/conversations/{conversation}/pins", Json.PinList);

    public static Task<ChangePage> ChangesAsync(this HttpClient client, Guid conversation, string since, string query = "") =>
        GetAsync(client, $"/api/conversations/{conversation}/changes?since={since}{query}", Json.ChangePage);

    /// <summary>All changes since a token, page by page.</summary>
    public static async Task<List<ChangePage>> AllChangesAsync(this HttpClient client, Guid conversation, string since, int limit = 100)
    {
        var pages = new List<ChangePage> { await client.ChangesAsync(conversation, since, $"&limit={limit}") };
        while (pages[^1].More)
        {
            pages.Add(await client.ChangesAsync(conversation, pages[^1].Next, $"&limit={limit}"));
        }

        return pages;
    }

    public static Task<HttpResponseMessage> TryAddAsync(this HttpClient client, Guid conversation, params Guid[] users) =>
        client.PostAsJsonAsync($"/api/conversations/{conversation}/members", new AddMembersRequest(users), Json.AddMembersRequest);

    public static Task<MembersAdded> AddAsync(this HttpClient client, Guid conversation, params Guid[] users) =>
        ReadAsync(client.TryAddAsync(conversation, users), HttpStatusCode.OK, Json.MembersAdded);

    public static Task<HttpResponseMessage> TryRemoveAsync(this HttpClient client, Guid conversation, Guid user) =>
        client.DeleteAsync($"/api/conversations/{conversation}/members/{user}");

    public static async Task RemoveAsync(this HttpClient client, Guid conversation, Guid user)
    {
        using var answer = await client.TryRemoveAsync(conversation, user);
        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
    }

    public static Task<OwnChangePage> OwnChangesAsync(this HttpClient client, string? since = null, string query = "") =>
        GetAsync(client, since is null ? "/api/changes" : $"/api/changes?since={since}{query}", Json.OwnChangePage);

    public static async Task ReactAsync(this HttpClient client, Guid conversation, long seq, string emoji)
    {
        using var answer = await client.PutAsync(Reaction(conversation, seq, emoji), content: null);
        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
    }

    public static async Task TakeBackAsync(this HttpClient client, Guid conversation, long seq, string emoji)
    {
        using var answer = await client.DeleteAsync(Reaction(conversation, seq, emoji));
        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
    }

    public static Task<ReactionList> ReactionsAsync(this HttpClient client, Guid conversation, long seq, string query = "") =>
        GetAsync(client, $"{Address(conversation, seq)}/reactions{query}", Json.ReactionList);

    public static string Reaction(Guid conversation, long seq, string emoji) =>
        $"/api/conversations/{conversation}/messages/{seq}/reactions/{Uri.EscapeDataString(emoji)}";

    /// <summary>Asserts the status and reads the body.</summary>
    public static async Task<T> ReadAsync<T>(Task<HttpResponseMessage> call, HttpStatusCode expected, JsonTypeInfo<T> type)
    {
        using var answer = await call;
        Assert.True(expected == answer.StatusCode, $"{(int)answer.StatusCode}: {await answer.Content.ReadAsStringAsync()}");
        return (await answer.Content.ReadFromJsonAsync(type))!;
    }

    public static Task<T> GetAsync<T>(HttpClient client, string path, JsonTypeInfo<T> type) =>
        ReadAsync(client.GetAsync(path), HttpStatusCode.OK, type);
}
