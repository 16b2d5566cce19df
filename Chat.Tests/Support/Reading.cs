using System.Net;
using System.Net.Http.Json;
using Chat.Contracts;
using Chat.Contracts.ReadState;

namespace Chat.Tests.Support;

/// <summary>What people do to say how far they are, by the API.</summary>
internal static class Reading
{
    private static readonly ContractsJson Json = ContractsJson.Default;

    public static Task<HttpResponseMessage> TryReadUpToAsync(this HttpClient client, Guid conversation, long seq) =>
        client.PutAsJsonAsync($"/api/conversations/{conversation}/read", new MoveCursorRequest(seq), Json.MoveCursorRequest);

    public static Task<OwnCursors> ReadUpToAsync(this HttpClient client, Guid conversation, long seq) =>
        Conversing.ReadAsync(client.TryReadUpToAsync(conversation, seq), HttpStatusCode.OK, Json.OwnCursors);

    public static Task<HttpResponseMessage> TryDeliveredUpToAsync(this HttpClient client, Guid conversation, long seq) =>
        client.PutAsJsonAsync($"/api/conversations/{conversation}/delivered", new MoveCursorRequest(seq), Json.MoveCursorRequest);

    public static Task<OwnCursors> DeliveredUpToAsync(this HttpClient client, Guid conversation, long seq) =>
        Conversing.ReadAsync(client.TryDeliveredUpToAsync(conversation, seq), HttpStatusCode.OK, Json.OwnCursors);

    public static async Task MarkUnreadAsync(this HttpClient client, Guid conversation)
    {
        using var answer = await client.PutAsync($"/api/conversations/{conversation}/unread", content: null);
        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
    }

    public static async Task MarkAllReadAsync(this HttpClient client)
    {
        using var answer = await client.PutAsync("/api/conversations/read", content: null);
        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
    }

    public static Task<CursorList> CursorsAsync(this HttpClient client, Guid conversation, string query = "") =>
        Conversing.GetAsync(client, $"/api/conversations/{conversation}/cursors{query}", Json.CursorList);

    public static Task<ReaderList> ReadersAsync(this HttpClient client, Guid conversation, long seq, string query = "") =>
        Conversing.GetAsync(client, $"{Conversing.Address(conversation, seq)}/reads{query}", Json.ReaderList);
}
