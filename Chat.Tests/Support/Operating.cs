using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Chat.Contracts;
using Chat.Contracts.Accounts;
using Chat.Contracts.Operations;

namespace Chat.Tests.Support;

/// <summary>What operators do, by the API, and what people do with their accounts.</summary>
internal static class Operating
{
    private static readonly ContractsJson Json = ContractsJson.Default;

    /// <summary>Somebody who acts as an operator by their own right.</summary>
    public static async Task<Person> AppointedAsync(ChatApplication chat, string name = "operator")
    {
        using var key = chat.Operator();
        var person = await Person.RegisterAsync(chat, name);
        using var answer = await key.PutAsync($"/api/admin/operators/{person.Id}", null);
        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        Assert.Equal(HttpStatusCode.OK, await person.RefreshAsync());
        return person;
    }

    public static Task<HttpResponseMessage> TrySuspendAsync(this HttpClient op, Guid user, string reason = "a reason") =>
        op.PutAsJsonAsync($"/api/admin/users/{user}/suspension", new SuspendRequest(reason), Json.SuspendRequest);

    public static async Task SuspendAsync(this HttpClient op, Guid user, string reason = "a reason") =>
        await DoneAsync(op.TrySuspendAsync(user, reason));

    public static async Task LiftSuspensionAsync(this HttpClient op, Guid user) =>
        await DoneAsync(op.DeleteAsync($"/api/admin/users/{user}/suspension"));

    public static Task<HttpResponseMessage> TrySignInAsync(this HttpClient client, string userName, string password = Person.Password) =>
        client.PostAsJsonAsync("/api/auth/login", new LoginRequest(userName, password), Json.LoginRequest);

    public static Task<AccountList> AccountsAsync(this HttpClient op, string query = "") =>
        Conversing.ReadAsync(op.GetAsync($"/api/admin/users{query}"), HttpStatusCode.OK, Json.AccountList);

    public static Task<AuditPage> AuditAsync(this HttpClient op, string query = "") =>
        Conversing.ReadAsync(op.GetAsync($"/api/admin/audit{query}"), HttpStatusCode.OK, Json.AuditPage);

    /// <summary>What was done, the earliest first.</summary>
    public static async Task<AuditAct[]> ActsAsync(this HttpClient op, string query) =>
        [.. (await op.AuditAsync(query)).Items.Select(entry => entry.Act).Reverse()];

    public static async Task<HttpResponseMessage> TryDeleteAccountAsync(this HttpClient client, string password = Person.Password)
    {
        using var request = new HttpRequestMessage(HttpMethod.Delete, "/api/users/me")
        {
            Content = JsonContent.Create(new DeleteAccountRequest(password), Json.DeleteAccountRequest),
        };
        return await client.SendAsync(request);
    }

    public static async Task DeleteAccountAsync(this HttpClient client) => await DoneAsync(client.TryDeleteAccountAsync());

    /// <summary>Waits until the worker has taken a deleted account out of everything.</summary>
    public static Task DeletionFinishesAsync(this ChatApplication chat, Guid user) => Eventually.HoldsAsync(
        "the deletion is finished", ChatApplication.Patience,
        async () => !await chat.ReadAsync<bool>($"select exists (select from account_deletions where user_id = '{user}')"));

    /// <summary>All lines of an answer.</summary>
    public static async Task<List<JsonElement>> LinesAsync(this HttpClient client, string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Accept.ParseAdd("application/x-ndjson");
        using var answer = await client.SendAsync(request);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("application/x-ndjson", answer.Content.Headers.ContentType?.MediaType);
        var lines = (await answer.Content.ReadAsStringAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        return [.. lines.Select(line => JsonDocument.Parse(line).RootElement)];
    }

    private static async Task DoneAsync(Task<HttpResponseMessage> call)
    {
        using var answer = await call;
        Assert.True(answer.StatusCode == HttpStatusCode.NoContent, $"{(int)answer.StatusCode}: {await answer.Content.ReadAsStringAsync()}");
    }
}
