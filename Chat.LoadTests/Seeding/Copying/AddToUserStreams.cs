using Npgsql;

namespace Chat.LoadTests.Seeding.Copying;

/// <summary>Tells each member's own stream that they have joined, after whatever it told before.</summary>
internal static class AddToUserStreams
{
    private const string Sql = """
        with joined as (
            select user_id, conversation_id,
                   row_number() over (partition by user_id order by conversation_id) as n,
                   count(*) over (partition by user_id) as total
            from members
            where conversation_id = any($1)
        ), stream as (
            insert into user_streams (user_id, last_rev)
            select user_id, max(n) from joined group by user_id order by user_id
            on conflict (user_id) do update set last_rev = user_streams.last_rev + excluded.last_rev
            returning user_id, last_rev
        )
        insert into user_changes (user_id, rev, conversation_id, seq)
        select user_id, last_rev - total + n, conversation_id, 0 from joined join stream using (user_id)
        """;

    public static async Task RunAsync(NpgsqlConnection connection, Guid[] conversations, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(Sql, connection) { Parameters = { new() { Value = conversations } }, CommandTimeout = 0 };
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
