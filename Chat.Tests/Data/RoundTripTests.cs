using System.Net;
using System.Net.Http.Json;
using Chat.Contracts.Accounts;
using Chat.Contracts.Messages;
using Chat.Tests.Support;

namespace Chat.Tests.Data;

/// <summary>
/// What each call costs in round trips to the database: the times that PgBouncer was told "ready for query". A batch is one, however many
/// statements are in it. The workers are halted meanwhile. What is counted beside is health checks, now and then: so a call is made
/// again until it costs what it should, five times at most, and one that costs more never does.
/// </summary>
[Collection(ChatCollection.Name)]
public sealed class RoundTripTests(ChatApplication chat) : IAsyncLifetime
{
    [Fact]
    public async Task Every_call_costs_no_more_round_trips_than_are_known_here()
    {
        using var ada = await Person.RegisterAsync(chat, "ada");
        using var bob = await Person.RegisterAsync(chat, "bob");
        var group = await ada.CreateGroupAsync(bob);
        var known = (await ada.Client.SendAsync(group.Id)).ClientId;
        var (token, own) = (group.ChangesToken!, (await bob.Client.OwnChangesAsync()).Next);
        var api = ada.Client;
        var (file, upload) = (await api.UploadAsync([1]), "");
        Call[] calls =
        [
            new("POST messages", 1, () => api.SendAsync(group.Id)),
            new("POST messages, sent before", 1, () => api.SendAsync(group.Id, clientId: known)),
            new("GET messages", 1, () => api.HistoryAsync(group.Id)),
            new("GET messages?after", 1, () => api.HistoryAsync(group.Id, "?after=0")),
            new("GET messages?around", 1, () => api.HistoryAsync(group.Id, "?around=1")),
            new("GET messages/{seq}", 1, () => api.MessageAsync(group.Id, 1)),
            new("GET changes, of messages", 1, () => api.ChangesAsync(group.Id, token)),
            new("POST messages, with a mention", 1, () => api.SendAsync(group.Id, new SendMessageRequest(Guid.NewGuid(), "you", Mentions: [bob.Id]))),
            new("POST polls", 1, () => api.SendPollAsync(group.Id, new SendPollRequest(Guid.NewGuid(), "Lunch?", ["yes", "no"]))),
            new("PATCH messages/{seq}", 1, () => api.EditAsync(group.Id, 1, $"{Guid.NewGuid()}")),
            new("PUT pin", 1, () => api.PinAsync(group.Id, 1), Before: () => api.UnpinAsync(group.Id, 1)),
            new("DELETE pin", 1, () => api.UnpinAsync(group.Id, 1), Before: () => api.PinAsync(group.Id, 1)),
            new("DELETE messages/{seq}", 1, () => api.DeleteMessageAsync(group.Id, 2)),
            new("DELETE messages/{seq}?for=me", 1, () => api.DeleteMessageAsync(group.Id, 2, "?for=me")),
            new("POST files: begin, claim, finish", 3, () => api.UploadAsync([1])),
            new("PATCH uploads, the rest: claim, finish", 2, () => api.AppendAsync(upload, 0, [1]), Before: async () => upload = await api.BeginUploadAsync(1)),
            new("GET files", 1, () => api.FilesAsync(group.Id)),
            new("GET /api/files/{id}", 1, () => api.FileAsync(file.Id)),
            new("GET /files/{id}", 1, () => api.GetByteArrayAsync(file.Url)),
            new("POST messages, with a file", 1, () => api.SendFileAsync(group.Id, file.Id)),
            new("GET pins", 1, () => api.PinsAsync(group.Id)),
            new("GET messages/{seq}/thread", 1, () => api.ThreadAsync(group.Id, 1)),
            new("GET messages/{seq}/history", 1, () => api.VersionsAsync(group.Id, 1)),
            new("PUT reactions", 1, () => api.ReactAsync(group.Id, 1, "👍"), Before: () => api.TakeBackAsync(group.Id, 1, "👍")),
            new("DELETE reactions", 1, () => api.TakeBackAsync(group.Id, 1, "👍"), Before: () => api.ReactAsync(group.Id, 1, "👍")),
            new("GET /api/changes, the token", 1, () => api.OwnChangesAsync()),
            new("GET /api/changes", 1, () => bob.Client.OwnChangesAsync(own)),
            new("GET conversations", 1, () => api.ConversationsAsync()),
            new("GET conversations/{id}", 1, () => api.ConversationAsync(group.Id)),
            new("GET members", 1, () => api.MembersAsync(group.Id)),
            new("DELETE members, and the event", 2, () => api.RemoveAsync(group.Id, bob.Id), Before: () => api.AddAsync(group.Id, bob.Id)),
            new("POST members, and the event", 2, () => api.AddAsync(group.Id, bob.Id), Before: () => api.TryRemoveAsync(group.Id, bob.Id)),
            new("GET changes, with the conversation", 2, () => api.ChangesAsync(group.Id, token)),
            new("POST conversations", 2, () => ada.CreateGroupAsync(bob)),
            new("GET users/me", 1, () => api.GetStringAsync("/api/users/me")),
            new("GET users/{id}", 1, () => api.GetStringAsync($"/api/users/{bob.Id}")),
            new("GET users?query", 1, () => api.GetStringAsync("/api/users?query=bob")),
            new("GET sessions", 1, () => api.GetStringAsync("/api/auth/sessions")),
            new("POST refresh", 2, () => RefreshAsync(ada)),
            new("POST login", 3, () => LoginAsync(bob)),
        ];

        var counted = new List<string>();
        foreach (var call in calls)
        {
            counted.Add($"{call.Name}: {await CountAsync(call)}");
        }

        Assert.Equal(string.Join('\n', calls.Select(call => $"{call.Name}: {call.RoundTrips}")), string.Join('\n', counted));
    }

    public async Task InitializeAsync()
    {
        Signal("STOP");
        await Eventually.HoldsAsync("nothing else asks the database", ChatApplication.Patience, async () =>
        {
            var before = await PgBouncer.QueriesAsync(chat);
            return await PgBouncer.QueriesAsync(chat) == before;
        });
    }

    public Task DisposeAsync()
    {
        Signal("CONT");
        return Task.CompletedTask;
    }

    private async Task<long> CountAsync(Call call)
    {
        var least = long.MaxValue;
        for (var attempt = 0; attempt < 5 && least != call.RoundTrips; attempt++)
        {
            await (call.Before?.Invoke() ?? Task.CompletedTask);
            var before = await PgBouncer.QueriesAsync(chat);
            await call.Do();
            least = Math.Min(least, await PgBouncer.QueriesAsync(chat) - before);
        }

        return least;
    }

    private void Signal(string signal)
    {
        foreach (var worker in ChatApplication.Services.Where(service => service.StartsWith("worker", StringComparison.Ordinal)))
        {
            var process = Signals.ProcessId(chat, worker);
            Array.ForEach([.. Signals.Descendants(process).Prepend(process)], id => Signals.Send(signal, id));
        }
    }

    private static async Task RefreshAsync(Person person) => Assert.Equal(HttpStatusCode.OK, await person.RefreshAsync());

    private static async Task LoginAsync(Person person)
    {
        using var answer = await person.Client.PostAsJsonAsync("/api/auth/login", new LoginRequest(person.UserName, Person.Password));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    /// <param name="Before">What makes it possible, and is not counted.</param>
    private sealed record Call(string Name, int RoundTrips, Func<Task> Do, Func<Task>? Before = null);
}
