using Chat.LoadTests.Ledgers;

namespace Chat.Tests.LoadTests;

/// <summary>A server whose database has something else than it acknowledged or pushed is caught by the ledger.</summary>
public sealed class DatabaseComparisonTests
{
    [Fact]
    public async Task Acknowledged_and_not_stored()
    {
        var settlement = await SettleAsync(rows => rows.RemoveAt(9));

        Assert.Contains(settlement.Examples, e => e.Contains("seq 10 ") && e.EndsWith("was acknowledged, and is not in the database", StringComparison.Ordinal));
        Assert.Contains(settlement.Examples, e => e.StartsWith("recipient 0 got 10 of ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Stored_under_another_seq()
    {
        var settlement = await SettleAsync(rows =>
            (rows[3], rows[4]) = (rows[3] with { ClientId = rows[4].ClientId }, rows[4] with { ClientId = rows[3].ClientId }));

        Assert.Contains(settlement.Examples, e => e.StartsWith("seq 4 ", StringComparison.Ordinal));
        Assert.Contains(settlement.Examples, e => e.StartsWith("seq 5 ", StringComparison.Ordinal));
        Assert.Equal(2 + WatchedRun.Recipients, settlement.Wrong);
    }

    [Fact]
    public async Task A_gap_in_the_seqs()
    {
        var settlement = await SettleAsync(rows => rows.RemoveAt(4));

        Assert.Contains(settlement.Examples, e => e.StartsWith("the database has seq 6 ", StringComparison.Ordinal) && e.EndsWith("and not 5", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Stored_twice()
    {
        var settlement = await SettleAsync(rows => rows.Add(rows[0] with { Seq = 11 }));

        Assert.Contains(settlement.Examples, e => e.EndsWith($"twice in conversation {WatchedRun.Conversation}, again as seq 11", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Stored_and_never_acknowledged_is_due_all_the_same()
    {
        var settlement = await SettleAsync(rows => rows.Add(rows[0] with { Seq = 11, ClientId = Guid.NewGuid() }));

        Assert.Equal((33, WatchedRun.Recipients, 0), (settlement.Due, settlement.Lost, settlement.Wrong));
    }

    [Fact]
    public void A_seq_acknowledged_for_two_messages_is_wrong_and_a_repeated_send_is_not()
    {
        var (conversation, first) = (Guid.NewGuid(), Guid.NewGuid());
        Assert.Equal(0, Wrong(first));
        Assert.Equal(1, Wrong(Guid.NewGuid()));

        long Wrong(Guid second)
        {
            var ledger = new DeliveryLedger([new LedgerConversation(conversation, 0, [])]);
            ledger.Acknowledged(conversation, 1, first);
            ledger.Acknowledged(conversation, 1, second);
            return ledger.SettleAsync(null, CancellationToken.None).Result.Wrong;
        }
    }

    /// <summary>A fair server, whose rows are then not what it said.</summary>
    private static async Task<Settlement> SettleAsync(Action<List<DatabaseRow>> change)
    {
        await using var server = await FaultyServer.StartAsync();
        await using var run = await WatchedRun.OpenAsync(server);
        await run.SendAsync();
        change(server.Rows);
        var settlement = await run.SettleAsync();
        Assert.False(settlement.IsWhole);
        return settlement;
    }
}
