using System.Net;
using System.Net.Http.Json;
using Aspire.Hosting.ApplicationModel;
using Chat.Contracts.Operations;
using Chat.Tests.Support;

namespace Chat.Tests.Faults;

/// <summary>Any one process may be killed at any moment; once it is started again, the others need no help.</summary>
public sealed class RecoveryTests(ChatApplication chat) : IClassFixture<ChatApplication>
{
    private static readonly TimeSpan Bar = TimeSpan.FromSeconds(10);

    [Theory]
    [InlineData("api")]
    [InlineData("realtime")]
    [InlineData("worker")]
    [InlineData("redis")]
    [InlineData("pgbouncer")]
    [InlineData("postgres")]
    public async Task After_a_kill_and_a_start_everything_serves_within_ten_seconds_without_another_restart(string victim)
    {
        var others = ChatApplication.Services.Where(service => service != victim).ToDictionary(s => s, s => Signals.ProcessId(chat, s));

        await KillAsync(victim);
        await AssertOthersServeWithout(victim);
        await StartAsync(victim);

        await Eventually.HoldsAsync("all services are healthy", Bar, AllHealthyAsync);
        await Eventually.HoldsAsync("the API sees the database and both realtime nodes", Bar, SeesEverythingAsync);
        Assert.All(others, other => Assert.Equal(other.Value, Signals.ProcessId(chat, other.Key)));
    }

    private async Task KillAsync(string resource)
    {
        Signals.Kill(chat, resource);
        using var timeout = new CancellationTokenSource(ChatApplication.Patience);
        await chat.App.ResourceNotifications.WaitForResourceAsync(resource, KnownResourceStates.TerminalStates, timeout.Token);
    }

    private async Task StartAsync(string resource)
    {
        var result = await chat.App.ResourceCommands.ExecuteCommandAsync(resource, "start");
        Assert.True(result.Success, result.Message);
    }

    private async Task AssertOthersServeWithout(string victim)
    {
        using var api = chat.Client("api2");
        using var health = await api.GetAsync("/health");
        using var alive = await api.GetAsync("/alive");
        var text = await health.Content.ReadAsStringAsync();

        Assert.Equal(HttpStatusCode.OK, alive.StatusCode);
        Assert.Equal(victim is "postgres" or "pgbouncer" ? HttpStatusCode.ServiceUnavailable : HttpStatusCode.OK, health.StatusCode);
        if (victim == "redis")
        {
            await ReadingGoesOnAsync();
        }

        Assert.Contains(victim switch { "redis" => "Degraded", "postgres" or "pgbouncer" => "Unhealthy", _ => "Healthy" }, text, StringComparison.Ordinal);
    }

    private async Task ReadingGoesOnAsync()
    {
        using var reader = await Person.RegisterAsync(chat, "reader", service: "api2");
        using var sender = await Person.RegisterAsync(chat, "sender");
        var group = (await sender.CreateGroupAsync(reader)).Id;
        await sender.Client.SendAsync(group);
        await reader.Client.MarkUnreadAsync(group);
        Assert.Equal(1, (await reader.Client.ReadUpToAsync(group, 1)).ReadSeq);
        Assert.Equal(1, (await sender.Client.CursorsAsync(group)).Items[1].ReadSeq);
    }

    private async Task<bool> AllHealthyAsync()
    {
        foreach (var service in ChatApplication.Services)
        {
            using var client = chat.Client(service);
            try
            {
                if (!(await client.GetStringAsync("/health")).StartsWith("""{"status":"Healthy""", StringComparison.Ordinal))
                {
                    return false;
                }
            }
            catch (HttpRequestException)
            {
                return false;
            }
        }

        return true;
    }

    private async Task<bool> SeesEverythingAsync()
    {
        using var op = chat.Operator("api2");
        var status = await op.GetFromJsonAsync<SystemStatus>("/api/admin/status");
        var names = status?.Redis?.RealtimeNodes.Select(node => node.Split('@')[0]).ToHashSet() ?? [];
        return names.SetEquals(["realtime", "realtime2"]);
    }
}
