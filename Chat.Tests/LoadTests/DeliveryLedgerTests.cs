using Chat.LoadTests.Ledgers;

namespace Chat.Tests.LoadTests;

/// <summary>A server that does wrong on purpose is caught by the ledger, through real sockets.</summary>
public sealed class DeliveryLedgerTests
{
    [Fact]
    public async Task Of_a_fair_server_all_is_whole()
    {
        var settlement = await SettleAsync((ear, _, push) => ear.SendAsync(push));

        Assert.Equal(new Settlement(30, 30, 0, 0, 0, settlement.Late, 0, settlement.Examples), settlement);
        Assert.True(settlement.IsWhole);
    }

    [Fact]
    public async Task A_push_that_is_dropped_is_lost()
    {
        var settlement = await SettleAsync(
            (ear, seq, push) => ear.Recipient == 1 && seq is 3 or 4 ? Task.CompletedTask : ear.SendAsync(push), allArrive: false);

        Assert.Equal((30, 28, 2), (settlement.Due, settlement.Received, settlement.Lost));
        Assert.False(settlement.IsWhole);
        Assert.Contains($"recipient 1 never got 3, 4 of conversation {WatchedRun.Conversation}", settlement.Examples);
    }

    [Fact]
    public async Task A_push_that_comes_twice_is_doubled()
    {
        var settlement = await SettleAsync(async (ear, seq, push) =>
        {
            await ear.SendAsync(push);
            if (ear.Recipient == 2 && seq == 5)
            {
                await ear.SendAsync(push);
            }
        });

        Assert.Equal((30, 30, 0, 1), (settlement.Due, settlement.Received, settlement.Lost, settlement.Doubled));
        Assert.False(settlement.IsWhole);
        Assert.Contains($"recipient 2 got 5 of conversation {WatchedRun.Conversation} again", settlement.Examples);
    }

    [Fact]
    public async Task A_push_that_is_overtaken_is_reordered()
    {
        byte[] held = [];
        var settlement = await SettleAsync(async (ear, seq, push) =>
        {
            if (ear.Recipient == 0 && seq == 6)
            {
                held = push;
                return;
            }

            await ear.SendAsync(push);
            if (ear.Recipient == 0 && seq == 7)
            {
                await ear.SendAsync(held);
            }
        });

        Assert.Equal((30, 0, 0, 1), (settlement.Received, settlement.Lost, settlement.Doubled, settlement.Reordered));
        Assert.Contains($"recipient 0 got 6 of conversation {WatchedRun.Conversation} after a later one", settlement.Examples);
    }

    [Fact]
    public async Task A_push_that_is_delayed_is_late_and_shows_in_the_latency()
    {
        var delay = TimeSpan.FromMilliseconds(300);
        await using var server = await FaultyServer.StartAsync(async (ear, seq, push) =>
        {
            // The server is slow on purpose: that is what must be seen.
            await Task.Delay(seq == 1 && ear.Recipient == 0 ? delay : TimeSpan.Zero);
            await ear.SendAsync(push);
        });
        await using var run = await WatchedRun.OpenAsync(server, lateAfter: delay / 2);

        await run.SendAsync();
        var settlement = await run.SettleAsync();

        Assert.InRange(settlement.Late, 1, 30);
        Assert.Contains(settlement.Examples, e => e.StartsWith($"recipient 0 got 1 of conversation {WatchedRun.Conversation} after ", StringComparison.Ordinal));
        // A timer may go off a millisecond early.
        Assert.InRange(run.Ledger.Latency.Max, delay * 0.9, TimeSpan.FromMinutes(1));
        Assert.Equal(30, run.Ledger.Latency.Count);
    }

    [Fact]
    public async Task What_was_warm_up_is_not_timed()
    {
        await using var server = await FaultyServer.StartAsync();
        await using var run = await WatchedRun.OpenAsync(server);

        await run.SendAsync(5);
        run.Ledger.MeasureFrom(System.Diagnostics.Stopwatch.GetTimestamp());
        await run.SendAsync(2);
        var settlement = await run.SettleAsync();

        Assert.Equal(21, settlement.Due);
        Assert.Equal(2 * WatchedRun.Recipients, run.Ledger.Latency.Count);
    }

    [Fact]
    public async Task Who_was_dropped_goes_on_being_due()
    {
        await using var server = await FaultyServer.StartAsync((ear, seq, push) =>
            seq == 8 && ear.Recipient == 1 ? ear.EndAsync("tooSlow") : seq > 8 && ear.Recipient == 1 ? Task.CompletedTask : ear.SendAsync(push));
        await using var run = await WatchedRun.OpenAsync(server);

        await run.SendAsync();
        var settlement = await run.SettleAsync(allArrive: false);

        Assert.Equal((30, 3), (settlement.Due, settlement.Lost));
        Assert.Equal(1, Assert.Contains("tooSlow", run.Sockets.DropsByReason));
    }

    private static async Task<Settlement> SettleAsync(Deliver deliver, bool allArrive = true)
    {
        await using var server = await FaultyServer.StartAsync(deliver);
        await using var run = await WatchedRun.OpenAsync(server);
        await run.SendAsync();
        return await run.SettleAsync(allArrive);
    }
}
