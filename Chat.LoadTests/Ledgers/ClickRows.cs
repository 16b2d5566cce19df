using Npgsql;

namespace Chat.LoadTests.Ledgers;

/// <summary>What the database has of a conversation's reactions and votes, and what its messages show of them.</summary>
internal static class ClickRows
{
    private const string Rows = """
        select user_id, seq, emoji, 1 from reactions where conversation_id = $1
        union all
        select user_id, seq, '', choices from votes where conversation_id = $1
        """;

    /// <summary>Counted in another way than the application does.</summary>
    private const string Differing = """
        select count(*)
        from messages m
        where conversation_id = $1 and deleted_at is null and (
            coalesce((select jsonb_object_agg(e ->> 'emoji', e -> 'count') from jsonb_array_elements(m.reactions) as e), '{}')
            <> coalesce((
                select jsonb_object_agg(emoji, count)
                from (select emoji, count(*) from reactions r where r.conversation_id = $1 and r.seq = m.seq group by emoji) as counted), '{}')
            or coalesce((m.tally ->> 'voters')::integer, 0) <> (select count(*) from votes v where v.conversation_id = $1 and v.seq = m.seq)
            or m.tally -> 'counts' <> (
                select jsonb_agg((
                    select count(*) from votes v where v.conversation_id = $1 and v.seq = m.seq and v.choices & (1 << n) <> 0) order by n)
                from generate_series(0, jsonb_array_length(m.content -> 'poll' -> 'options') - 1) as n))
        """;

    private const string Queued = "select count(*) from recount_queue where conversation_id = $1";

    /// <param name="owner">As the database's owner.</param>
    public static async Task<Dictionary<ClickKey, int>> ReadAsync(NpgsqlDataSource owner, Guid conversation, CancellationToken cancellationToken)
    {
        var rows = new Dictionary<ClickKey, int>();
        await using var command = Command(owner, Rows, conversation);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            rows.Add(new ClickKey(reader.GetGuid(0), reader.GetInt64(1), reader.GetString(2)), reader.GetInt32(3));
        }

        return rows;
    }

    /// <summary>How many messages show other counts than their rows are.</summary>
    public static Task<long> DifferingAsync(NpgsqlDataSource owner, Guid conversation, CancellationToken cancellationToken) =>
        CountAsync(owner, Differing, conversation, cancellationToken);

    /// <summary>Waits until everything is counted, at most so long.</summary>
    /// <returns>How many places of the queue are left.</returns>
    public static async Task<long> WaitUntilCountedAsync(
        NpgsqlDataSource owner, Guid conversation, TimeSpan atMost, CancellationToken cancellationToken)
    {
        var started = TimeProvider.System.GetTimestamp();
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (true)
        {
            var queued = await CountAsync(owner, Queued, conversation, cancellationToken);
            if (queued == 0 || TimeProvider.System.GetElapsedTime(started) > atMost)
            {
                return queued;
            }

            await timer.WaitForNextTickAsync(cancellationToken);
        }
    }

    private static async Task<long> CountAsync(NpgsqlDataSource owner, string sql, Guid conversation, CancellationToken cancellationToken)
    {
        await using var command = Command(owner, sql, conversation);
        return (long)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    private static NpgsqlCommand Command(NpgsqlDataSource owner, string sql, Guid conversation)
    {
        var command = owner.CreateCommand(sql);
        command.CommandTimeout = 0;
        command.Parameters.Add(new NpgsqlParameter { Value = conversation });
        return command;
    }
}
