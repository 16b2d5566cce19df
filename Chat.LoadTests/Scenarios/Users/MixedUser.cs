using System.Text.Json;
using Chat.Contracts;
using Chat.Contracts.Accounts;
using Chat.LoadTests.Http;
using Chat.LoadTests.Measuring;
using Chat.LoadTests.Seeding;

namespace Chat.LoadTests.Scenarios.Users;

/// <summary>
/// Does all that people do, in the mix of the suites before: 10 parts refreshing, 20 conversations, 40 messages, 10 other users. (Their 10 parts each
/// of search and of notifications are shared out over these until there is any.)
/// </summary>
internal sealed class MixedUser(ApiClient api, TestUser user, IReadOnlyList<TestUser> others, IReadOnlyList<Guid> conversations, Sender sender, Random random)
    : IUser
{
    public static readonly IReadOnlyList<string> Endpoints =
        ["refresh", "conversations", "conversation", Send, "history", "me", "user", "user search"];

    /// <summary>As <see cref="Sender"/> records it.</summary>
    private const string Send = "send";

    /// <summary>In the order of <see cref="Endpoints"/>.</summary>
    private static readonly int[] Parts = [12, 15, 9, 24, 24, 4, 4, 4];

    public Task ActAsync(long due, Recorder recorder, CancellationToken stop)
    {
        var endpoint = Next();
        var conversation = conversations[random.Next(conversations.Count)];
        return endpoint switch
        {
            "refresh" => RefreshAsync(due, recorder, stop),
            Send => sender.ActAsync(due, recorder, stop),
            "conversations" => Get("/api/conversations?limit=50"),
            "conversation" => Get($"/api/conversations/{conversation}"),
            "history" => Get($"/api/conversations/{conversation}/messages?limit=50"),
            "me" => Get("/api/users/me"),
            "user" => Get($"/api/users/{others[random.Next(others.Count)].Id}"),
            _ => Get($"/api/users?query={others[random.Next(others.Count)].UserName}"),
        };

        Task Get(string path) => api.GetAsync(endpoint, path, due, recorder, stop);
    }

    public void Dispose()
    {
        api.Dispose();
        sender.Dispose();
    }

    private string Next()
    {
        var at = random.Next(Parts.Sum());
        var n = 0;
        while (at >= Parts[n])
        {
            at -= Parts[n++];
        }

        return Endpoints[n];
    }

    private async Task RefreshAsync(long due, Recorder recorder, CancellationToken stop)
    {
        var answer = await api.SendAsync(
            "refresh", "POST", "/api/auth/refresh", new RefreshRequest(user.RefreshToken), ContractsJson.Default.RefreshRequest, expected: 200,
            due, recorder, stop);
        if (answer is { Status: 200 } refreshed)
        {
            user.Use(JsonSerializer.Deserialize(refreshed.Body.Span, ContractsJson.Default.SignIn)!);
        }
    }
}
