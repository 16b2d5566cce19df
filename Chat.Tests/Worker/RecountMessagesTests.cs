using System.Diagnostics;
using System.Text.Json;
using Chat.Data.Recounts;
using Chat.Tests.Realtime;
using Chat.Tests.Support;
using Npgsql;

namespace Chat.Tests.Worker;

/// <summary>Summaries are what the reactions say, whoever counts when. Two workers run all the time.</summary>
[Collection(ChatCollection.Name)]
public sealed class RecountMessagesTests(ChatApplication chat) : IAsyncLifetime
{
    private Backstage _backstage = null!;
    private NpgsqlDataSource _database = null!;

    [Fact]
    public async Task A_reaction_reaches_the_others_as_a_count()
    {
        var (alice, bob) = (await _backstage.PersonAsync("alice"), await _backstage.PersonAsync("bob"));
        var conversation = await _backstage.ConversationAsync(alice, bob);
        await _backstage.MessageAsync(conversation, seq: 1, alice);
        await using var listener = await Listener.ConnectAsync(chat, "realtime2", alice.Token);

        await _backstage.ReactAsync(conversation, seq: 1, bob, "👍");
        var heard = await listener.HearsAsync(conversation, rev: 2);

        Assert.Equal("messageChanged", heard.GetProperty("type").GetString());
        Assert.Equal(1, heard.GetProperty("seq").GetInt64());
        var summary = Assert.Single(heard.GetProperty("message").GetProperty("reactions").EnumerateArray());
        Assert.Equal("👍", summary.GetProperty("emoji").GetString());
        Assert.Equal(1, summary.GetProperty("count").GetInt32());
        Assert.Equal("bob", Assert.Single(summary.GetProperty("names").EnumerateArray()).GetString());
    }

    [Fact]
    public async Task Many_reactions_at_once_are_all_counted_and_pushed_a_few_times_only()
    {
        var people = await Task.WhenAll(Enumerable.Range(0, 10).Select(i => _backstage.PersonAsync($"person{i}")));
        var conversation = await _backstage.ConversationAsync(people);
        await _backstage.MessageAsync(conversation, seq: 1, people[0]);
        await using var listener = await Listener.ConnectAsync(chat, "realtime", people[0].Token);
        var started = Stopwatch.GetTimestamp();

        await Parallel.ForEachAsync(people, async (who, _) =>
        {
            for (var i = 0; i < 20; i++)
            {
                await _backstage.ReactAsync(conversation, seq: 1, who, char.ConvertFromUtf32(0x1f600 + i));
            }
        });
        await QueueIsEmptyAsync(conversation);

        var summary = await SummaryAsync(conversation);
        Assert.Equal(20, summary.Count);
        Assert.All(summary.Values, count => Assert.Equal(10, count));
        var rev = await RevAsync(conversation);
        await listener.HearsAsync(conversation, rev);
        Assert.InRange(listener.Revs(conversation).Length, 1, 2 + (Stopwatch.GetElapsedTime(started) / RecountMessages.Spacing));
    }

    [Fact]
    public async Task A_worker_that_waited_for_the_lock_does_not_overwrite_what_was_counted_meanwhile()
    {
        var (alice, bob) = (await _backstage.PersonAsync("alice"), await _backstage.PersonAsync("bob"));
        var conversation = await _backstage.ConversationAsync(alice, bob);
        await _backstage.MessageAsync(conversation, seq: 1, alice);

        // This test is the other worker: it has written a summary of both reactions and not committed yet, while a real one has
        // claimed the first reaction and waits.
        await using var other = await _database.OpenConnectionAsync();
        await using var transaction = await other.BeginTransactionAsync();
        await ExecuteAsync(other, "update conversations set last_rev = 2 where id = $1", conversation);
        await ExecuteAsync(
            other,
            """update messages set reactions = '[{"emoji":"👍","count":2,"names":[]}]', rev = 2 where conversation_id = $1""",
            conversation);
        await _backstage.ReactAsync(conversation, seq: 1, alice, "👍");
        await Eventually.HoldsAsync("a worker waits for the lock", ChatApplication.Patience, () => ReadAsync<bool>(
            "select exists (select from pg_stat_activity where wait_event_type = 'Lock' and query like '%Recount%')"));
        await _backstage.ReactAsync(conversation, seq: 1, bob, "👍", queued: false);
        await transaction.CommitAsync();

        await QueueIsEmptyAsync(conversation);
        Assert.Equal(2, (await SummaryAsync(conversation))["👍"]);
    }

    [Fact]
    public async Task What_comes_out_as_it_was_takes_no_rev()
    {
        var alice = await _backstage.PersonAsync("alice");
        var conversation = await _backstage.ConversationAsync(alice);
        await _backstage.MessageAsync(conversation, seq: 1, alice);
        await _backstage.ReactAsync(conversation, seq: 1, alice, "👍");
        await QueueIsEmptyAsync(conversation);

        await _backstage.QueueAsync(conversation, seq: 1);
        await QueueIsEmptyAsync(conversation);

        Assert.Equal(2, await RevAsync(conversation));
    }

    [Fact]
    public async Task Of_a_deleted_message_nothing_is_left_also_of_a_click_that_came_beside_the_deletion()
    {
        var alice = await _backstage.PersonAsync("alice");
        var conversation = await _backstage.ConversationAsync(alice);
        await _backstage.MessageAsync(conversation, seq: 1, alice);
        await using (var delete = _database.CreateCommand($"update messages set deleted_at = now() where conversation_id = '{conversation}'"))
        {
            await delete.ExecuteNonQueryAsync();
        }

        await _backstage.ReactAsync(conversation, seq: 1, alice, "👍");
        await QueueIsEmptyAsync(conversation);

        Assert.Equal(0, await ReadAsync<long>("select count(*) from reactions where conversation_id = $1", conversation));
        Assert.Equal(1, await RevAsync(conversation));
    }

    [Fact]
    public async Task A_place_for_a_message_that_is_not_there_is_settled_and_stops_nothing()
    {
        var alice = await _backstage.PersonAsync("alice");
        var conversation = await _backstage.ConversationAsync(alice);

        await _backstage.QueueAsync(conversation, seq: 99);
        await _backstage.QueueAsync(Guid.CreateVersion7(), seq: 1);

        await QueueIsEmptyAsync(conversation);
    }

    public async Task InitializeAsync() =>
        (_backstage, _database) = (await Backstage.OpenAsync(chat), await chat.OwnerAsync());

    public async Task DisposeAsync()
    {
        await _backstage.DisposeAsync();
        await _database.DisposeAsync();
    }

    private Task QueueIsEmptyAsync(Guid conversation) => Eventually.HoldsAsync("the queue is empty", ChatApplication.Patience, () =>
        ReadAsync<bool>("select not exists (select from recount_queue where conversation_id = $1)", conversation));

    private Task<long> RevAsync(Guid conversation) => ReadAsync<long>("select last_rev from conversations where id = $1", conversation);

    private async Task<Dictionary<string, int>> SummaryAsync(Guid conversation)
    {
        var json = await ReadAsync<string>("select reactions::text from messages where conversation_id = $1 and seq = 1", conversation);
        return JsonDocument.Parse(json).RootElement.EnumerateArray()
            .ToDictionary(e => e.GetProperty("emoji").GetString()!, e => e.GetProperty("count").GetInt32());
    }

    private async Task<T> ReadAsync<T>(string sql, params object[] values)
    {
        await using var command = _database.CreateCommand(sql);
        command.Parameters.AddRange(values.Select(v => new NpgsqlParameter { Value = v }).ToArray());
        return (T)(await command.ExecuteScalarAsync())!;
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, Guid conversation)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        command.Parameters.Add(new NpgsqlParameter { Value = conversation });
        await command.ExecuteNonQueryAsync();
    }
}
