using System.Reflection;
using System.Text.Json;
using Chat.Contracts.Messages;
using Chat.Data.Messages;
using Chat.Data.ReadState;
using Chat.Data.Recounts;
using Chat.Data.Statements;
using Chat.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Chat.Tests.Data;

/// <summary>
/// What the statements that run often do on a large database: none goes through a table from end to end, what is read does not depend on
/// how much there is, and updates leave the row in its page (HOT), so that no index grows by them.
/// </summary>
[Collection(ChatCollection.Name)]
public sealed class LargeDatabaseTests(SeededDatabase seeded) : IClassFixture<SeededDatabase>
{
    /// <summary>Pages of 8 KB read or found in memory, by one call. A history page of 50 messages needs some 200, mostly for the reactions.</summary>
    private const int MaxBuffers = 1_500;

    private static readonly string Me = $"'{SeededDatabase.User}'";
    private static readonly string NewIds = string.Join(", ", Enumerable.Range(0, 200).Select(_ => $"'{Guid.NewGuid()}'"));
    private static readonly string Here = $"'{SeededDatabase.Conversation}'";

    private static readonly string Crowd = $"'{SeededDatabase.Crowd}'";

    /// <summary>The types of the parameters, and values as they come. Each runs on what the one before has left.</summary>
    private static readonly (string Statement, string Types, string Values)[] Hot =
    [
        ("LockConversations", "uuid[]", $"array[{Here}]::uuid[]"),
        ("SendMessages", "uuid[], uuid[], uuid[], text[], text[]",
            $"""
            array_fill({Here}::uuid, array[200]), array_fill({Me}::uuid, array[200]), array[{NewIds}]::uuid[],
            array_fill('text'::text, array[200]), array_fill('hello'::text, array[200])
            """),
        ("ChangeMessages", "uuid[], bigint[], uuid[], text[], text[], text[], int, uuid",
            $"array[{Here}]::uuid[], array[50001], array[{Me}]::uuid[], array['edit'], array['other'], array[null], 100, '{Guid.Empty}'"),
        ("HideMessage", "uuid, bigint, uuid", $"{Here}, 50003, {Me}"),
        ("ReadThread", "uuid, uuid, bigint, bigint, int", $"{Here}, {Me}, 50000, 0, 51"),
        ("ReadVersions", "uuid, uuid, bigint, bigint, int", $"{Here}, {Me}, 50001, 9223372036854775807, 51"),
        ("ReadPins", "uuid, uuid", $"{Here}, {Me}"),
        ("ReadMessage", "uuid, uuid, bigint", $"{Here}, {Me}, 50000"),
        ("ReadMessagesBefore", "uuid, uuid, bigint, int", $"{Here}, {Me}, 50000, 50"),
        ("ReadMessagesAfter", "uuid, uuid, bigint, int", $"{Here}, {Me}, 50000, 50"),
        ("ReadMessagesAround", "uuid, uuid, bigint, int", $"{Here}, {Me}, 50000, 50"),
        ("ReadChanges", "uuid, uuid, bigint, int, bigint", $"{Here}, {Me}, 150000, 100, 262144"),
        ("ReadOwnChanges", "uuid, bigint, int", $"{Me}, 20, 50"),
        ("ReadConversation", "uuid, uuid", $"{Here}, {Me}"),
        ("ReadSharedConversation", "uuid", Here),
        ("ListConversations", "uuid, timestamptz, uuid, int, boolean", $"{Me}, '9999-01-01', 'ffffffff-ffff-ffff-ffff-ffffffffffff', 51, false"),
        ("ListChangedConversations", "uuid, timestamptz, uuid, int, bigint", $"{Me}, '9999-01-01', 'ffffffff-ffff-ffff-ffff-ffffffffffff', 51, 700"),
        ("MoveCursors", "uuid[], uuid[], bigint[], bigint[]",
            $"array_fill({Here}::uuid, array[2]), array[{Me}, '20000000-0000-7000-8000-000000000003']::uuid[], array[50, 0], array[60, 40]"),
        ("MarkUnread", "uuid, uuid", $"{Here}, {Me}"),
        ("ClearUnreadMark", "uuid, uuid, bigint", $"{Here}, {Me}, 70"),
        ("MarkAllRead", "uuid", Me),
        ("ListCursors", "uuid, uuid, uuid, int", $"{Crowd}, {Me}, '00000000-0000-0000-0000-000000000000', 1001"),
        ("ListReaders", "uuid, uuid, bigint, uuid, int", $"{Crowd}, {Me}, 1, '00000000-0000-0000-0000-000000000000', 51"),
        ("ListMembers", "uuid, uuid, uuid, int", $"{Crowd}, {Me}, '20000000-0000-7000-8000-000000002000', 51"),
        ("ReadMembershipsOfUsers", "uuid[]", $"array[{Me}]::uuid[]"),
        ("ReadMembersOfConversations", "uuid[]", $"array[{Here}]::uuid[]"),
        ("MakeUserStreams", "uuid[]", $"array[{Me}]::uuid[]"),
        ("LockUserStreams", "uuid[]", $"array[{Me}]::uuid[]"),
        ("ChangeReactions", "uuid[], bigint[], uuid[], text[], boolean[], text[], int",
            $"array[{Here}, {Here}]::uuid[], array[50010, 50020], array[{Me}, {Me}]::uuid[], array['🎉', '👍'], array[true, false], array[null, null], 20"),
        ("ChangeVotes", "uuid[], bigint[], uuid[], int[], text[]", $"array[{Here}]::uuid[], array[50050], array[{Me}]::uuid[], array[1], array[null]"),
        ("ChangePoll", "uuid, bigint, uuid, text, text, int", $"{Here}, 50050, {Me}, 'close', '', 20"),
        ("ReadReactions", "uuid, uuid, bigint, text, text, timestamptz, uuid, int", $"{Here}, {Me}, 50050, '', '', '-infinity', '{Guid.Empty}', 51"),
        ("ReadVoters", "uuid, uuid, bigint, int, uuid, int", $"{Here}, {Me}, 50050, null, '{Guid.Empty}', 51"),
        ("ReadFileToSend", "uuid", $"'{Guid.Empty}'"),
        ("ReadLinkedFiles", "uuid[]", $"array[{NewIds}]::uuid[]"),
        ("ClaimFileToScan", "interval", "'10 minutes'"),
        ("VisitConversations", "int, interval, bigint, interval", "50, '1 hour', 100000, '30 days'"),
        ("RemoveChanges", "uuid, bigint, bigint, bigint, int", $"{Here}, 100000, 200000, 0, 2000"),
        ("RememberCompaction", "uuid, bigint, boolean, bigint, bigint", $"{Here}, 100000, true, 0, 0"),
        ("CompactUserStreams", "int, interval, bigint, interval, int", "20, '1 hour', 10000, '30 days', 20000"),
        ("RemoveOldSessions", "interval, interval, int", "'30 days', '90 days', 1000"),
    ];

    [Fact]
    public async Task Hot_statements_read_by_index_and_little()
    {
        await using var database = await seeded.OwnerAsync();
        await using var connection = await database.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        var all = Statements().ToDictionary(statement => statement.Name);

        var bad = new List<string>();
        foreach (var (name, types, values) in Hot)
        {
            var statement = all[name];
            if (statement.Prepared is { } prepared)
            {
                await transaction.SaveAsync("before");
                await ExecuteAsync(connection, $"set local {string.Join("; set local ", PreparedStatement.Settings)}");
                bad.AddRange((await RunAsync(connection, statement, prepared.Types, values)).Select(found => $"{found}, prepared"));
                await transaction.RollbackAsync("before");
            }

            await ExecuteAsync(connection, "set local plan_cache_mode = force_custom_plan");
            bad.AddRange(await RunAsync(connection, statement, types, values));
        }

        Assert.Empty(bad);
    }

    [Fact]
    public async Task Sending_reading_and_counting_reactions_update_rows_in_their_pages()
    {
        await using (var database = await seeded.OwnerAsync())
        {
            await ReactAsync(database);
            await RecountMessages.RunAsync(database, TimeSpan.FromSeconds(20), CancellationToken.None);
            await SendAsync(database, batches: 100);
            await ReadAsync(database);
        }

        // What a connection has counted is there when it has ended.
        await using var watcher = await seeded.OwnerAsync();
        await Eventually.HoldsAsync("the updates are counted", ChatApplication.Patience, async () =>
            (await UpdatesAsync(watcher, "conversations")).All >= 100 && (await UpdatesAsync(watcher, "messages")).All >= 100);
        foreach (var table in (string[])["conversations", "members", "messages"])
        {
            var (all, hot) = await UpdatesAsync(watcher, table);
            Assert.True(all >= 100 && hot >= 0.95 * all, $"{hot} of {all} updates of {table} stayed in their page.");
        }
    }

    private static async Task<List<string>> RunAsync(NpgsqlConnection connection, Statement statement, string types, string values)
    {
        await ExecuteAsync(connection, $"prepare hot ({types}) as {statement.Text}");
        using var plan = JsonDocument.Parse(await ExplainAsync(connection, $"execute hot ({values})"));
        await ExecuteAsync(connection, "deallocate hot");
        var root = plan.RootElement[0].GetProperty("Plan");
        var buffers = root.GetProperty("Shared Hit Blocks").GetInt64() + root.GetProperty("Shared Read Blocks").GetInt64();
        var bad = GoneThrough(root).Select(table => $"{statement.Name} goes through {table}").ToList();
        if (buffers > MaxBuffers && statement.Name is not ("SendMessages" or "RemoveChanges" or "CompactUserStreams"))
        {
            bad.Add($"{statement.Name} reads {buffers} buffers");
        }

        return bad;
    }

    private static async Task ReactAsync(NpgsqlDataSource database)
    {
        await using var react = database.CreateCommand($"""
            with reaction as (
                insert into reactions (conversation_id, seq, user_id, emoji)
                select {Here}, seq, {Me}, '👍' from generate_series(5, 50000, 500) as seq
                returning conversation_id, seq
            )
            insert into recount_queue (conversation_id, seq) select conversation_id, seq from reaction
            """);
        await react.ExecuteNonQueryAsync();
    }

    private static async Task SendAsync(NpgsqlDataSource database, int batches)
    {
        var writer = new MessageWriter(database, TimeProvider.System, NullLogger<MessageWriter>.Instance);
        var running = writer.RunAsync();
        for (var batch = 0; batch < batches; batch++)
        {
            await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => writer.SendAsync(
                new NewMessage(SeededDatabase.Conversation, SeededDatabase.User, Guid.NewGuid(), MessageKind.Text, "hello"))));
        }

        writer.Complete();
        await running;
    }

    /// <summary>
    /// All members of the large conversation at once, again and again. The first times some rows move: so many in one transaction are more than
    /// their page has room for.
    /// </summary>
    private static async Task ReadAsync(NpgsqlDataSource database)
    {
        var writer = new CursorWriter(database, TimeProvider.System);
        var running = writer.RunAsync();
        for (var seq = 1; seq <= 40; seq++)
        {
            await Task.WhenAll(Enumerable.Range(1, 100).Select(user => writer.MoveAsync(
                new CursorMove(SeededDatabase.Conversation, SeededDatabase.UserOf(user), seq, seq))));
        }

        writer.Complete();
        await running;
    }

    private static async Task<(long All, long Hot)> UpdatesAsync(NpgsqlDataSource database, string table)
    {
        await using var command = database.CreateCommand($"select n_tup_upd, n_tup_hot_upd from pg_stat_user_tables where relname = '{table}'");
        await using var row = await command.ExecuteReaderAsync();
        await row.ReadAsync();
        return (row.GetInt64(0), row.GetInt64(1));
    }

    /// <summary>Of the installation there is one row.</summary>
    private static IEnumerable<string> GoneThrough(JsonElement node)
    {
        if (node.GetProperty("Node Type").GetString() == "Seq Scan" && node.GetProperty("Relation Name").GetString() is var table and not "installation")
        {
            yield return table!;
        }

        if (node.TryGetProperty("Plans", out var plans))
        {
            foreach (var below in plans.EnumerateArray().SelectMany(GoneThrough))
            {
                yield return below;
            }
        }
    }

    private static IEnumerable<Statement> Statements() => typeof(Statement).Assembly.GetTypes()
        .SelectMany(type => type.GetFields(BindingFlags.Static | BindingFlags.NonPublic | BindingFlags.Public))
        .Where(field => field.FieldType == typeof(Statement) && !field.DeclaringType!.ContainsGenericParameters)
        .Select(field => (Statement)field.GetValue(null)!);

    private static async Task<string> ExplainAsync(NpgsqlConnection connection, string execute)
    {
        await using var command = new NpgsqlCommand($"explain (analyze, buffers, format json) {execute}", connection);
        return (string)(await command.ExecuteScalarAsync())!;
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
