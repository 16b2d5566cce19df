using Aspire.Hosting.ApplicationModel;
using Chat.Contracts.Messages;
using Chat.LoadTests.Ledgers;
using Chat.Tests.Support;
using Npgsql;

namespace Chat.Tests.Faults;

/// <summary>
/// While people send as fast as they are answered, a process is killed, held or ended. Whatever was acknowledged is there after it, once
/// and in order; who has nothing to do with that process does not wait for it; and nothing needs help afterwards.
/// </summary>
public sealed class FaultsUnderLoadTests(ChatApplication chat) : IClassFixture<ChatApplication>
{
    private static readonly TimeSpan Bar = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Held = TimeSpan.FromSeconds(10);

    [Theory]
    [InlineData("api")]
    [InlineData("realtime")]
    [InlineData("worker")]
    [InlineData("redis")]
    [InlineData("pgbouncer")]
    [InlineData("postgres")]
    public async Task What_was_acknowledged_before_a_kill_is_there_after_it_once_and_in_order(string victim)
    {
        await using var load = await SteadyLoad.StartAsync(chat);

        Signals.Kill(chat, victim);
        await EndedAsync(victim);
        await StartAsync(victim);
        await load.FlowsAsync(Bar);

        await AssertWholeAsync(load);
        Assert.Empty(load.Replicas.SelectMany(replica => replica.Calls.ErrorsByReason.Keys).Except(["connection", "timeout", "503"]));
    }

    [Fact]
    public async Task Nobody_waits_for_a_replica_that_is_held_for_ten_seconds()
    {
        await using var load = await SteadyLoad.StartAsync(chat);
        var (held, other) = (load.Replicas[0].Calls, load.Replicas[1].Calls);

        Signals.Send("STOP", chat, "api");
        var before = other.Accepted;
        // The fault is a time: held for ten seconds, whatever happens meanwhile.
        await Task.Delay(Held);
        var meanwhile = other.Accepted - before;
        Signals.Send("CONT", chat, "api");
        await load.FlowsAsync(Bar);

        await AssertWholeAsync(load);
        Assert.InRange(meanwhile, 500, long.MaxValue);
        Assert.Empty(other.ErrorsByReason.Keys.Except(["503"]));
        Assert.InRange(other.Latency.Max, TimeSpan.Zero, PersistentSender.Timeout);
        Assert.Equal(["timeout"], held.ErrorsByReason.Keys);
    }

    [Fact]
    public async Task A_replica_that_is_asked_to_stop_answers_what_it_was_asked()
    {
        await using var load = await SteadyLoad.StartAsync(chat);
        var (stopped, other) = (load.Replicas[0].Calls, load.Replicas[1].Calls);

        Signals.Send("TERM", chat, "api");
        await EndedAsync("api");
        await StartAsync("api");
        await load.FlowsAsync(Bar);

        await AssertWholeAsync(load);
        Assert.Equal(["connection"], stopped.ErrorsByReason.Keys);
        Assert.Empty(other.ErrorsByReason);
        Assert.Equal((1, 0), (load.Retries, load.CutOff));
    }

    /// <summary>The worst that a held process can do: it has a conversation's lock. The database takes it away after 5 s.</summary>
    [Fact]
    public async Task A_lock_that_a_silent_process_holds_holds_up_one_conversation_and_that_not_for_long()
    {
        await using var load = await SteadyLoad.StartAsync(chat);
        await using var pooled = NpgsqlDataSource.Create(await chat.ConnectionStringAsync("pgbouncer"));
        await using var silent = await pooled.OpenConnectionAsync();
        await using var transaction = await silent.BeginTransactionAsync();
        await using var locking = new NpgsqlCommand($"select from conversations where id = '{load.Conversations[0]}' for update", silent);
        await locking.ExecuteNonQueryAsync();

        await load.FlowsAsync(TimeSpan.FromSeconds(4));
        Assert.True(await IsHeldAsync());
        await Eventually.HoldsAsync("the lock is taken away", Bar, async () => !await IsHeldAsync());
        await load.FlowsAsync(Bar);

        await AssertWholeAsync(load);
        Assert.Empty(load.Replicas.SelectMany(replica => replica.Calls.ErrorsByReason.Keys).Except(["503"]));

        Task<bool> IsHeldAsync() => chat.ReadAsync<bool>(
            "select exists (select from pg_stat_activity where state = 'idle in transaction' and query like '%for update')");
    }

    private async Task EndedAsync(string victim)
    {
        using var timeout = new CancellationTokenSource(ChatApplication.Patience);
        await chat.App.ResourceNotifications.WaitForResourceAsync(victim, KnownResourceStates.TerminalStates, timeout.Token);
    }

    private async Task StartAsync(string victim)
    {
        var started = await chat.App.ResourceCommands.ExecuteCommandAsync(victim, "start");
        Assert.True(started.Success, started.Message);
    }

    /// <summary>As the database has it, and as a member reads it.</summary>
    private async Task AssertWholeAsync(SteadyLoad load)
    {
        await load.EndAsync();
        await using var owner = await chat.OwnerAsync();
        var stored = await DatabaseRows.ReadAsync(owner, load.Ledger.Conversations, CancellationToken.None).ToListAsync();
        var settlement = await load.Ledger.SettleAsync(stored.ToAsyncEnumerable(), CancellationToken.None);
        Assert.True(settlement.IsWhole, string.Join(Environment.NewLine, settlement.Examples));
        Assert.Equal(0, load.Disordered);

        using var member = load.Member(chat);
        var history = await HistoryAsync(member, load.Conversations[0]);
        Assert.Equal(
            stored.Where(row => row.ConversationId == load.Conversations[0]).Select(row => (row.Seq, row.ClientId)),
            history.Select(message => (message.Seq, message.ClientId)));
    }

    private static async Task<List<Message>> HistoryAsync(HttpClient member, Guid conversation)
    {
        var messages = new List<Message>();
        for (long? after = 0; after is not null;)
        {
            var page = await member.HistoryAsync(conversation, $"?after={after}&limit=100");
            messages.AddRange(page.Items);
            after = page.Next;
        }

        return messages;
    }
}
