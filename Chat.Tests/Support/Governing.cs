using System.Net;
using System.Net.Http.Json;
using Chat.Contracts;
using Chat.Contracts.Conversations;

namespace Chat.Tests.Support;

/// <summary>What people do to conversations, by the API. Each asserts that it was done, but those that try.</summary>
internal static class Governing
{
    private static readonly ContractsJson Json = ContractsJson.Default;

    public static Task<Conversation> CreateAsync(this Person creator, ConversationKind kind, string? title, params Person[] others) => Conversing.ReadAsync(
        creator.Client.PostAsJsonAsync(
            "/api/conversations", new CreateConversationRequest(kind, [.. others.Select(o => o.Id)], title), Json.CreateConversationRequest),
        HttpStatusCode.Created, Json.Conversation);

    public static Task<Conversation> CreateChannelAsync(this Person creator, string title = "A channel", params Person[] others) =>
        creator.CreateAsync(ConversationKind.Channel, title, others);

    public static Task<Conversation> CreateDirectAsync(this Person one, Person other) => one.CreateAsync(ConversationKind.Direct, null, other);

    public static Task<HttpResponseMessage> TryChangeRoleAsync(this HttpClient client, Guid conversation, Guid user, MemberRole role) =>
        client.PatchAsJsonAsync($"/api/conversations/{conversation}/members/{user}", new ChangeRoleRequest(role), Json.ChangeRoleRequest);

    public static Task ChangeRoleAsync(this HttpClient client, Guid conversation, Guid user, MemberRole role) =>
        DoneAsync(client.TryChangeRoleAsync(conversation, user, role));

    public static Task<HttpResponseMessage> TryChangeAsync(this HttpClient client, Guid conversation, ChangeConversationRequest change) =>
        client.PatchAsJsonAsync($"/api/conversations/{conversation}", change, Json.ChangeConversationRequest);

    public static Task<Conversation> ChangeAsync(this HttpClient client, Guid conversation, ChangeConversationRequest change) =>
        Conversing.ReadAsync(client.TryChangeAsync(conversation, change), HttpStatusCode.OK, Json.Conversation);

    public static Task DeleteConversationAsync(this HttpClient client, Guid conversation) =>
        DoneAsync(client.DeleteAsync($"/api/conversations/{conversation}"));

    public static Task<HttpResponseMessage> TryJoinAsync(this HttpClient client, Guid channel) =>
        client.PostAsync($"/api/conversations/{channel}/join", content: null);

    public static Task<Conversation> JoinAsync(this HttpClient client, Guid channel) =>
        Conversing.ReadAsync(client.TryJoinAsync(channel), HttpStatusCode.OK, Json.Conversation);

    public static Task<ChannelList> ChannelsAsync(this HttpClient client, string query) =>
        Conversing.ReadAsync(client.GetAsync($"/api/channels{query}"), HttpStatusCode.OK, Json.ChannelList);

    public static Task<HttpResponseMessage> TryInviteAsync(
        this HttpClient client, Guid conversation, int? usesMax = null, DateTimeOffset? expiresAt = null) => client.PostAsJsonAsync(
        $"/api/conversations/{conversation}/invites", new CreateInviteRequest(expiresAt, usesMax), Json.CreateInviteRequest);

    public static Task<CreatedInvite> InviteAsync(
        this HttpClient client, Guid conversation, int? usesMax = null, DateTimeOffset? expiresAt = null) =>
        Conversing.ReadAsync(client.TryInviteAsync(conversation, usesMax, expiresAt), HttpStatusCode.Created, Json.CreatedInvite);

    public static Task<InviteList> InvitesAsync(this HttpClient client, Guid conversation) =>
        Conversing.ReadAsync(client.GetAsync($"/api/conversations/{conversation}/invites"), HttpStatusCode.OK, Json.InviteList);

    public static Task<HttpResponseMessage> TryUseAsync(this HttpClient client, string token) =>
        client.PostAsync($"/api/invites/{token}", content: null);

    public static Task<Conversation> UseAsync(this HttpClient client, string token) =>
        Conversing.ReadAsync(client.TryUseAsync(token), HttpStatusCode.OK, Json.Conversation);

    public static Task MuteAsync(this HttpClient client, Guid conversation, DateTimeOffset? until = null) => DoneAsync(
        client.PutAsJsonAsync($"/api/conversations/{conversation}/mute", new MuteRequest(until), Json.MuteRequest));

    public static Task UnmuteAsync(this HttpClient client, Guid conversation) =>
        DoneAsync(client.DeleteAsync($"/api/conversations/{conversation}/mute"));

    public static Task ArchiveAsync(this HttpClient client, Guid conversation) =>
        DoneAsync(client.PutAsync($"/api/conversations/{conversation}/archive", content: null));

    public static Task UnarchiveAsync(this HttpClient client, Guid conversation) =>
        DoneAsync(client.DeleteAsync($"/api/conversations/{conversation}/archive"));

    public static Task BlockAsync(this HttpClient client, Guid user) => DoneAsync(client.PutAsync($"/api/blocks/{user}", content: null));

    public static Task UnblockAsync(this HttpClient client, Guid user) => DoneAsync(client.DeleteAsync($"/api/blocks/{user}"));

    /// <summary>A picture that the person has uploaded.</summary>
    public static async Task<Guid> PictureOfAsync(this ChatApplication chat, Person person, string mediaType = "image/png")
    {
        var id = Guid.CreateVersion7();
        await chat.ExecuteAsync($"insert into files (id, owner_id, name, media_type, size) values ('{id}', '{person.Id}', 'a', '{mediaType}', 1)");
        return id;
    }

    private static async Task DoneAsync(Task<HttpResponseMessage> call)
    {
        using var answer = await call;
        Assert.True(answer.StatusCode == HttpStatusCode.NoContent, $"{(int)answer.StatusCode}: {await answer.Content.ReadAsStringAsync()}");
    }
}
