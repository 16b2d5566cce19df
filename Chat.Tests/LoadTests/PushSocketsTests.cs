using System.Diagnostics;
using Chat.LoadTests.Sockets;
using Chat.Tests.Support;

namespace Chat.Tests.LoadTests;

/// <summary>Sockets that do not come about or do not stay are counted by their reason.</summary>
public sealed class PushSocketsTests
{
    [Fact]
    public async Task Who_has_no_valid_token_is_a_failure_with_the_servers_status()
    {
        await using var server = await FaultyServer.StartAsync();
        await using var sockets = await OpenAsync(server.Address, "0", "stranger");

        Assert.Equal(1, Assert.Contains("status 401", sockets.FailuresByReason));
        Assert.Equal((1, 1), (sockets.Open, sockets.ConnectTime.Count));
    }

    [Fact]
    public async Task Where_nobody_listens_is_a_failure()
    {
        await using var sockets = await OpenAsync(new Uri("http://127.0.0.1:1"), "0");

        Assert.Equal(1, Assert.Contains("ConnectionRefused", sockets.FailuresByReason));
    }

    [Fact]
    public async Task A_cut_connection_is_a_drop_and_a_good_bye_is_none()
    {
        await using var server = await FaultyServer.StartAsync();
        var sockets = await OpenAsync(server.Address, "0", "1", "2");

        server.Ears.Single(e => e.Recipient == 0).Cut();
        await server.Ears.Single(e => e.Recipient == 1).EndAsync("tokenExpired");
        await Eventually.HoldsAsync("one is left", ChatApplication.Patience, () => Task.FromResult(sockets.Open == 1));
        await sockets.CloseAsync();

        Assert.Equal(["lost", "tokenExpired"], sockets.DropsByReason.Keys.Order());
        await Eventually.HoldsAsync("none is left", ChatApplication.Patience, () => Task.FromResult(sockets.Open == 0));
    }

    [Fact]
    public async Task No_more_are_opened_in_a_second_than_was_said()
    {
        await using var server = await FaultyServer.StartAsync();
        var started = Stopwatch.GetTimestamp();
        await using var sockets = await PushSockets.OpenAsync(
            [.. Enumerable.Range(0, 11).Select(n => new PushTarget(server.Address, $"{n}", n))],
            new OpenRate(PerSecond: 50, AtOnce: 2), Ignore, CancellationToken.None);

        Assert.InRange(Stopwatch.GetElapsedTime(started), TimeSpan.FromMilliseconds(195), ChatApplication.Patience);
        Assert.Equal(11, sockets.Open);
    }

    [Fact]
    public async Task Opening_that_is_broken_off_leaves_none_open()
    {
        await using var server = await FaultyServer.StartAsync();
        using var stop = new CancellationTokenSource();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => PushSockets.OpenAsync(
            [.. Enumerable.Range(0, 100).Select(n => new PushTarget(server.Address, $"{n}", n))],
            new OpenRate(PerSecond: 100), Ignore, stop.Token, new Stopper(stop)));
    }

    private static Task<PushSockets> OpenAsync(Uri server, params string[] tokens) => PushSockets.OpenAsync(
        [.. tokens.Select((token, n) => new PushTarget(server, token, n))], new OpenRate(), Ignore, CancellationToken.None);

    private static void Ignore(int recipient, in Push push, long receivedAt)
    {
    }

    /// <summary>Breaks off at the third.</summary>
    private sealed class Stopper(CancellationTokenSource stop) : IProgress<int>
    {
        public void Report(int value)
        {
            if (value == 3)
            {
                stop.Cancel();
            }
        }
    }
}
