using Npgsql;

namespace Chat.LoadTests.Limits.Postgres;

/// <summary>
/// The tables of the naive work, in a schema of their own, and the work: whoever writes a chat first takes the conversation's next
/// number and inserts the message, in one transaction a message.
/// </summary>
internal static class NaiveMessages
{
    private const int TimeoutSeconds = 30;

    /// <summary>For pgbench: one statement after the other, as an application does it that waits for each answer.</summary>
    public const string Script = """
        \set conversation random(1, :conversations)
        begin;
        update limits.conversations set last_seq = last_seq + 1 where id = :conversation returning last_seq \gset
        insert into limits.messages (conversation_id, seq, sender_id, client_id, text, created_at)
        values (:conversation, :last_seq, gen_random_uuid(), gen_random_uuid(), repeat('x', 100), clock_timestamp());
        commit;

        """;

    /// <summary>
    /// The same in one request: <c>\;</c> joins the statements, so that the conversation's row is locked for no round trip. The
    /// strongest form that a transaction a message has.
    /// </summary>
    public const string OneTripScript = """
        \set conversation random(1, :conversations)
        begin \;
        update limits.conversations set last_seq = last_seq + 1 where id = :conversation \;
        insert into limits.messages (conversation_id, seq, sender_id, client_id, text, created_at)
        select id, last_seq, gen_random_uuid(), gen_random_uuid(), repeat('x', 100), clock_timestamp()
        from limits.conversations where id = :conversation \;
        commit;

        """;

    /// <summary>Makes the tables anew and lets the application's role write to them.</summary>
    /// <exception cref="NpgsqlException">The database cannot be reached, or that role does not exist.</exception>
    public static async Task CreateAsync(string owner, string role, int conversations, CancellationToken cancellationToken)
    {
        await DropAsync(owner, cancellationToken);
        await RunAsync(owner, $"""
            create schema limits;
            create table limits.conversations (id int primary key, last_seq bigint not null) with (fillfactor = 50);
            create table limits.messages (
                conversation_id int not null, seq bigint not null, sender_id uuid not null, client_id uuid not null, text text not null,
                created_at timestamptz not null, primary key (conversation_id, seq)
            );
            insert into limits.conversations select generate_series(1, {conversations}), 0;
            grant usage on schema limits to "{role}";
            grant select, insert, update on all tables in schema limits to "{role}";
            """, cancellationToken);
        await RunAsync(owner, "vacuum analyze limits.conversations", cancellationToken);
    }

    public static Task DropAsync(string owner, CancellationToken cancellationToken) =>
        RunAsync(owner, "drop schema if exists limits cascade", cancellationToken);

    private static async Task RunAsync(string owner, string sql, CancellationToken cancellationToken)
    {
        // Waits for the last transaction of a pgbench that was killed.
        var address = new NpgsqlConnectionStringBuilder(owner) { Pooling = false, CommandTimeout = TimeoutSeconds };
        await using var connection = new NpgsqlConnection(address.ConnectionString);
        await connection.OpenAsync(cancellationToken);
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
