using System.Net;
using System.Net.Http.Json;
using Chat.Contracts;
using Chat.Contracts.Messages;

namespace Chat.Tests.Support;

/// <summary>What people do with polls, by the API. What is not called Try… asserts that it was done.</summary>
internal static class Voting
{
    private static readonly ContractsJson Json = ContractsJson.Default;

    public static Task<HttpResponseMessage> TryVoteAsync(this HttpClient client, Guid conversation, long seq, params int[] options) =>
        client.PutAsJsonAsync($"{Conversing.Address(conversation, seq)}/vote", new VoteRequest(options), Json.VoteRequest);

    public static async Task VoteAsync(this HttpClient client, Guid conversation, long seq, params int[] options)
    {
        using var answer = await client.TryVoteAsync(conversation, seq, options);
        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
    }

    public static async Task WithdrawAsync(this HttpClient client, Guid conversation, long seq)
    {
        using var answer = await client.DeleteAsync($"{Conversing.Address(conversation, seq)}/vote");
        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
    }

    public static Task<VoterList> VotersAsync(this HttpClient client, Guid conversation, long seq, string query = "") => Conversing.ReadAsync(
        client.GetAsync($"{Conversing.Address(conversation, seq)}/votes{query}"), HttpStatusCode.OK, Json.VoterList);

    public static Task<HttpResponseMessage> TryChangePollAsync(this HttpClient client, Guid conversation, long seq, string action) =>
        client.PostAsync($"{Conversing.Address(conversation, seq)}/{action}", content: null);

    public static Task<Message> ClosePollAsync(this HttpClient client, Guid conversation, long seq) =>
        Conversing.ReadAsync(client.TryChangePollAsync(conversation, seq, "close"), HttpStatusCode.OK, Json.Message);

    public static Task<Message> ReopenPollAsync(this HttpClient client, Guid conversation, long seq) =>
        Conversing.ReadAsync(client.TryChangePollAsync(conversation, seq, "reopen"), HttpStatusCode.OK, Json.Message);

    public static Task<HttpResponseMessage> TryAddOptionAsync(this HttpClient client, Guid conversation, long seq, string text) =>
        client.PostAsJsonAsync($"{Conversing.Address(conversation, seq)}/options", new AddOptionRequest(text), Json.AddOptionRequest);

    public static Task<Message> AddOptionAsync(this HttpClient client, Guid conversation, long seq, string text) =>
        Conversing.ReadAsync(client.TryAddOptionAsync(conversation, seq, text), HttpStatusCode.OK, Json.Message);

    /// <summary>Waits until everything in a conversation is counted.</summary>
    public static Task IsCountedAsync(this ChatApplication chat, Guid conversation) => Eventually.HoldsAsync(
        "all is counted", ChatApplication.Patience,
        () => chat.ReadAsync<bool>($"select not exists (select from recount_queue where conversation_id = '{conversation}')"));
}
