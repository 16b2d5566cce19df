using System.Reflection;
using Chat.Data.Recounts;
using Chat.Data.Statements;
using Chat.Tests.Realtime;
using Chat.Tests.Support;
using Npgsql;

namespace Chat.Tests.Data;

/// <summary>
/// The update that would be lost, provoked: two workers and one message, where the one that began first ends last. By the application's own
/// statements, in their order and in the wrong one. The application's workers are halted meanwhile.
/// </summary>
[Collection(ChatCollection.Name)]
public sealed class RecountOrderTests(ChatApplication chat) : IAsyncLifetime
{
    private static readonly (string Name, object[] Parameters)[] LockThenCount =
    [
        ("Claim", [RecountMessages.Spacing, RecountMessages.MaxRows, RecountMessages.MaxMessages]), ("Lock", []), ("Recount", [TimeSpan.Zero]),
    ];

    private Backstage _backstage = null!;
    private NpgsqlDataSource _database = null!;

    [Fact]
    public async Task Locking_before_counting_loses_nothing() =>
        Assert.Equal(2, await CountByTwoWorkersAsync((late, _) => RunAsync(late, LockThenCount)));

    [Fact]
    public async Task Counting_before_locking_would_write_an_old_count_under_a_rev_that_is_taken()
    {
        (string, object[])[] countThenLock = [LockThenCount[0], LockThenCount[2], LockThenCount[1]];

        var refused = await Assert.ThrowsAsync<PostgresException>(() => CountByTwoWorkersAsync((late, _) => RunAsync(late, countThenLock)));

        Assert.Equal((PostgresErrorCodes.UniqueViolation, "changes_pkey"), (refused.SqlState, refused.ConstraintName));
    }

    [Fact]
    public async Task A_count_made_before_the_lock_and_written_under_it_loses_what_was_counted_meanwhile() =>
        Assert.Equal(1, await CountByTwoWorkersAsync(async (late, conversation) =>
        {
            var reactions = typeof(RecountMessages).Assembly.GetType("Chat.Data.Recounts.CountMessage")!.GetField("Reactions")!.GetValue(null);
            await using var count = new NpgsqlCommand($"select {reactions}::text from messages m where conversation_id = '{conversation}'", late);
            var counted = (string)(await count.ExecuteScalarAsync())!;
            await RunAsync(late, $"delete from recount_queue where conversation_id = '{conversation}'");
            await RunAsync(late, $"select from conversations where id = '{conversation}' for no key update");
            await RunAsync(late, $"update messages set reactions = $1::jsonb where conversation_id = '{conversation}'", counted);
        }));

    public async Task InitializeAsync()
    {
        (_backstage, _database) = (await Backstage.OpenAsync(chat), await chat.OwnerAsync());
        Array.ForEach(ChatApplication.Workers, worker => Signals.Send("STOP", chat, worker));
        await Eventually.HoldsAsync("no worker is at it any more", ChatApplication.Patience, () => chat.ReadAsync<bool>("""
            select not exists (
                select from pg_stat_activity
                where state <> 'idle' and query ~ '(ClaimRecounts|LockRecounts|RecountMessages)' and pid <> pg_backend_pid())
            """));
    }

    public async Task DisposeAsync()
    {
        Array.ForEach(ChatApplication.Workers, worker => Signals.Send("CONT", chat, worker));
        await _backstage.DisposeAsync();
        await _database.DisposeAsync();
    }

    /// <summary>Bob's reaction comes, and is counted by the one worker, while the other has claimed Alice's and waits.</summary>
    /// <param name="countLate">What the other does, on its connection, with the conversation.</param>
    /// <returns>The count that is left when both are done.</returns>
    private async Task<int> CountByTwoWorkersAsync(Func<NpgsqlConnection, Guid, Task> countLate)
    {
        var (alice, bob) = (await _backstage.PersonAsync("alice"), await _backstage.PersonAsync("bob"));
        var conversation = await _backstage.ConversationAsync(alice, bob);
        await _backstage.MessageAsync(conversation, seq: 1, alice);
        await using var early = await _database.OpenConnectionAsync();
        await using var late = await _database.OpenConnectionAsync();
        await using var first = await early.BeginTransactionAsync();
        await using var second = await late.BeginTransactionAsync();

        await RunAsync(early, $"select from conversations where id = '{conversation}' for no key update");
        await RunAsync(early, $"select from messages where conversation_id = '{conversation}' for no key update");
        await _backstage.ReactAsync(conversation, seq: 1, alice, "👍");
        var counting = countLate(late, conversation);
        await Eventually.HoldsAsync("the late worker waits", ChatApplication.Patience, () => chat.ReadAsync<bool>(
            $"select exists (select from pg_stat_activity where wait_event_type = 'Lock' and pid = {late.ProcessID})"));
        await _backstage.ReactAsync(conversation, seq: 1, bob, "👍");
        await RunAsync(early, LockThenCount);
        await first.CommitAsync();
        await counting;
        await second.CommitAsync();

        Assert.Equal(0, await chat.ReadAsync<long>($"select count(*) from recount_queue where conversation_id = '{conversation}'"));
        return await chat.ReadAsync<int>($"select (reactions -> 0 ->> 'count')::integer from messages where conversation_id = '{conversation}'");
    }

    private static async Task RunAsync(NpgsqlConnection connection, (string Name, object[] Parameters)[] steps)
    {
        foreach (var (name, parameters) in steps)
        {
            var statement = (Statement)typeof(RecountMessages).GetField(name, BindingFlags.NonPublic | BindingFlags.Static)!.GetValue(null)!;
            await RunAsync(connection, statement.Text, parameters);
        }
    }

    private static async Task RunAsync(NpgsqlConnection connection, string sql, params object[] parameters)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        command.Parameters.AddRange(parameters.Select(value => new NpgsqlParameter { Value = value }).ToArray());
        await command.ExecuteNonQueryAsync();
    }
}
