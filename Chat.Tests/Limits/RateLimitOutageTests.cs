using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using Chat.Contracts.Accounts;
using Chat.Tests.Support;
using StackExchange.Redis;

namespace Chat.Tests.Limits;

/// <summary>Redis counts for all replicas; without it each counts its share.</summary>
[Collection(LimitedCollection.Name)]
public sealed class RateLimitOutageTests(LimitedApplication chat)
{
    [Fact]
    public async Task The_limit_holds_while_Redis_is_killed_away_and_back_with_nothing_remembered()
    {
        using var flooder = await Person.RegisterAsync(chat);
        var room = (await flooder.CreateGroupAsync()).Id;
        await using var flood = Flood.Start(chat, flooder, room);

        // Longer than it takes the replicas to know of each other.
        await flood.GoOnAsync(LimitedApplication.SendsPerSecond * 4);
        Signals.Kill(chat, "redis");
        await flood.GoOnAsync(LimitedApplication.SendsPerSecond * 3);
        var started = await chat.App.ResourceCommands.ExecuteCommandAsync("redis", "start");
        Assert.True(started.Success, started.Message);
        await Eventually.HoldsAsync("Redis counts again", ChatApplication.Patience, IsCountedAsync);
        await flood.GoOnAsync(LimitedApplication.SendsPerSecond * 2);

        await flood.AssertHeldAsync();
    }

    [Fact]
    public async Task A_Redis_that_hangs_keeps_nobody_waiting()
    {
        using var ada = await Person.RegisterAsync(chat);
        Signals.Send("STOP", chat, "redis");
        try
        {
            var times = new List<TimeSpan>();
            for (var n = 0; n < 21; n++)
            {
                var started = Stopwatch.GetTimestamp();
                Assert.Equal(HttpStatusCode.OK, await ada.ReachAsync());
                times.Add(Stopwatch.GetElapsedTime(started));
            }

            using var op = chat.Operator();
            using var status = await op.GetAsync("/api/admin/status");
            Assert.Equal(HttpStatusCode.OK, status.StatusCode);
            Assert.True(times.Order().ElementAt(10) < TimeSpan.FromMilliseconds(100), string.Join(", ", times.Select(t => t.TotalMilliseconds)));
        }
        finally
        {
            Signals.Send("CONT", chat, "redis");
        }

        await Eventually.HoldsAsync("Redis counts again", ChatApplication.Patience, IsCountedAsync);
    }

    [Fact]
    public async Task Scripts_that_Redis_has_forgotten_are_loaded_again_and_keys_expire_with_what_is_owed()
    {
        Assert.True(await IsCountedAsync());
        using (var redis = await ConnectAsync())
        {
            await redis.GetDatabase().ExecuteAsync("SCRIPT", "FLUSH");
        }

        Assert.True(await IsCountedAsync());
    }

    /// <summary>Whether a sign-in leaves its trace in Redis: 10 s of debt under the account name, and no longer.</summary>
    private async Task<bool> IsCountedAsync()
    {
        using var stranger = chat.Stranger();
        var name = Person.Name("nobody");
        using var answer = await stranger.PostAsJsonAsync("/api/auth/login", new LoginRequest(name, "not-the-password-1"));
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        try
        {
            using var redis = await ConnectAsync();
            return await redis.GetDatabase().KeyTimeToLiveAsync($"chat:{{limits}}:names:{name}") is { } left && left <= TimeSpan.FromSeconds(10);
        }
        catch (Exception e) when (e is RedisException or TimeoutException)
        {
            return false;
        }
    }

    private async Task<ConnectionMultiplexer> ConnectAsync() =>
        await ConnectionMultiplexer.ConnectAsync($"{await chat.ConnectionStringAsync("redis")},allowAdmin=true");
}
