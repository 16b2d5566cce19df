using System.Diagnostics;
using System.Net;
using Chat.Tests.Support;

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
        await chat.CountsAsync();
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

        await chat.CountsAsync();
    }

    [Fact]
    public async Task Scripts_that_Redis_has_forgotten_are_loaded_again_and_keys_expire_with_what_is_owed()
    {
        Assert.True(await chat.IsCountedAsync("api"));
        using (var redis = await chat.RedisAsync())
        {
            await redis.GetDatabase().ExecuteAsync("SCRIPT", "FLUSH");
        }

        Assert.True(await chat.IsCountedAsync("api"));
    }
}
