using System.Net;
using System.Net.Http.Json;
using Chat.Contracts.Accounts;
using Chat.Contracts.Conversations;
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
        using var outsider = await Person.RegisterAsync(chat, "outsider");
        var group = await ada.CreateGroupAsync(bob);
        var channel = await ada.CreateChannelAsync();
        var link = await ada.Client.InviteAsync(channel.Id);
        var known = (await ada.Client.SendAsync(group.Id)).ClientId;
        var (token, own) = (group.ChangesToken!, (await bob.Client.OwnChangesAsync()).Next);
        var (api, list) = (ada.Client, (await ada.Client.ConversationsAsync()).ChangesToken);
        using var op = chat.Operator();
        var poll = await ada.CreateGroupAsync(bob);
        await api.SendPollAsync(poll.Id, new SendPollRequest(Guid.NewGuid(), "Lunch?", ["yes", "no"]));
        var (file, picture, upload) = (await api.UploadAsync([1]), await api.UploadAsync([1]), "");
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
            new("PUT files/{id}/thumbnail: read, set", 2, () => api.PutAsync($"/api/files/{picture.Id}/thumbnail", new ByteArrayContent(Sharing.Png)),
                Before: async () => picture = await api.UploadAsync([1])),
            new("GET /files/{id}", 1, () => api.GetByteArrayAsync(file.Url)),
            new("POST messages, with a file", 1, () => api.SendFileAsync(group.Id, file.Id)),
            new("GET pins", 1, () => api.PinsAsync(group.Id)),
            new("GET messages/{seq}/thread", 1, () => api.ThreadAsync(group.Id, 1)),
            new("GET messages/{seq}/history", 1, () => api.VersionsAsync(group.Id, 1)),
            new("PUT reactions", 1, () => api.ReactAsync(group.Id, 1, "👍"), Before: () => api.TakeBackAsync(group.Id, 1, "👍")),
            new("DELETE reactions", 1, () => api.TakeBackAsync(group.Id, 1, "👍"), Before: () => api.ReactAsync(group.Id, 1, "👍")),
            new("GET reactions", 1, () => api.ReactionsAsync(group.Id, 1)),
            new("PUT vote", 1, () => api.VoteAsync(poll.Id, 1, 0), Before: () => api.WithdrawAsync(poll.Id, 1)),
            new("DELETE vote", 1, () => api.WithdrawAsync(poll.Id, 1), Before: () => api.VoteAsync(poll.Id, 1, 0)),
            new("GET votes", 1, () => api.VotersAsync(poll.Id, 1)),
            new("POST close", 1, () => api.ClosePollAsync(poll.Id, 1), Before: () => api.ReopenPollAsync(poll.Id, 1)),
            new("POST reopen", 1, () => api.ReopenPollAsync(poll.Id, 1), Before: () => api.ClosePollAsync(poll.Id, 1)),
            new("POST options", 1, () => api.AddOptionAsync(poll.Id, 1, $"{Guid.NewGuid()}")),
            new("GET /api/changes, the token", 1, () => api.OwnChangesAsync()),
            new("GET /api/changes", 1, () => bob.Client.OwnChangesAsync(own)),
            new("GET conversations", 1, () => api.ConversationsAsync()),
            new("GET conversations?changedSince", 1, () => api.ConversationsAsync($"?changedSince={list}")),
            new("PUT read", 1, () => bob.Client.ReadUpToAsync(group.Id, 1)),
            new("PUT read, marked as unread", 2, () => bob.Client.ReadUpToAsync(group.Id, 1), Before: () => bob.Client.MarkUnreadAsync(group.Id)),
            new("PUT delivered", 1, () => bob.Client.DeliveredUpToAsync(group.Id, 2)),
            new("PUT unread", 1, () => bob.Client.MarkUnreadAsync(group.Id), Before: () => bob.Client.ReadUpToAsync(group.Id, 1)),
            new("PUT conversations/read", 1, () => bob.Client.MarkAllReadAsync(), Before: () => api.SendAsync(group.Id)),
            new("GET cursors", 1, () => api.CursorsAsync(group.Id)),
            new("GET messages/{seq}/reads", 1, () => api.ReadersAsync(group.Id, 1)),
            new("GET conversations/{id}", 1, () => api.ConversationAsync(group.Id)),
            new("GET members", 1, () => api.MembersAsync(group.Id)),
            new("DELETE members, and the events", 1, () => api.RemoveAsync(group.Id, bob.Id), Before: () => api.AddAsync(group.Id, bob.Id)),
            new("POST members, and the events", 1, () => api.AddAsync(group.Id, bob.Id), Before: () => api.TryRemoveAsync(group.Id, bob.Id)),
            new("GET changes, with the conversation", 2, () => api.ChangesAsync(group.Id, token)),
            new("POST conversations", 1, () => ada.CreateGroupAsync(bob)),
            new("PATCH conversations/{id}", 1, () => api.ChangeAsync(group.Id, new ChangeConversationRequest($"{Guid.NewGuid()}"))),
            new("PATCH members/{id}", 1, () => api.ChangeRoleAsync(group.Id, bob.Id, MemberRole.Admin),
                Before: () => api.ChangeRoleAsync(group.Id, bob.Id, MemberRole.Member)),
            new("POST join", 1, () => bob.Client.JoinAsync(channel.Id), Before: () => bob.Client.TryRemoveAsync(channel.Id, bob.Id)),
            new("POST invites", 1, () => api.InviteAsync(group.Id)),
            new("GET invites", 1, () => api.InvitesAsync(group.Id)),
            new("POST invites/{token}", 1, () => bob.Client.UseAsync(link.Token), Before: () => bob.Client.TryRemoveAsync(channel.Id, bob.Id)),
            new("PUT mute", 1, () => api.MuteAsync(group.Id)),
            new("PUT archive", 1, () => api.ArchiveAsync(group.Id)),
            new("GET channels", 1, () => api.ChannelsAsync("?query=a")),
            new("PUT blocks", 1, () => api.BlockAsync(bob.Id)),
            new("DELETE blocks", 1, () => api.UnblockAsync(bob.Id)),
            new("GET users/me", 1, () => api.GetStringAsync("/api/users/me")),
            new("GET users/{id}", 1, () => api.GetStringAsync($"/api/users/{bob.Id}")),
            new("GET users?query", 1, () => api.GetStringAsync("/api/users?query=bob")),
            new("GET sessions", 1, () => api.GetStringAsync("/api/auth/sessions")),
            new("GET admin/users", 1, () => op.AccountsAsync("?query=bob")),
            new("GET admin/files/audit", 1, () => op.GetAsync("/api/admin/files/audit")),
            new("GET admin/conversations", 1, () => op.GetStringAsync("/api/admin/conversations")),
            new("GET admin/audit", 1, () => op.AuditAsync($"?userId={bob.Id}")),
            new("PUT admin/users/{id}/suspension", 1, () => op.SuspendAsync(outsider.Id), Before: () => op.DeleteAsync($"/api/admin/users/{outsider.Id}/suspension")),
            new("DELETE admin/users/{id}/suspension", 1, () => op.LiftSuspensionAsync(outsider.Id), Before: () => op.SuspendAsync(outsider.Id)),
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
