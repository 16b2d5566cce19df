using Chat.Data.Migrations;
using Chat.Tests.Support;
using Npgsql;

namespace Chat.Tests.Data;

/// <summary>
/// A database of its own on the shared server, large enough that the planner has a choice: a conversation of a million messages, twice as many
/// changes and 100 members, among 20,000 others, one of them with 5,000 members; 5,000 users with sessions.
/// </summary>
public sealed class SeededDatabase(ChatApplication chat) : IAsyncLifetime
{
    public const int Messages = 1_000_000;

    private readonly string _name = $"seeded_{Guid.NewGuid():N}";
    /// <summary>The large conversation, of which the user is a member.</summary>
    public static Guid Conversation { get; } = Guid.Parse("10000000-0000-7000-8000-000000000001");

    /// <summary>One of as many members as there are users.</summary>
    public static Guid Crowd { get; } = Guid.Parse("10000000-0000-7000-8000-000000000002");

    public static Guid User { get; } = Guid.Parse("20000000-0000-7000-8000-000000000002");

    /// <summary>Of the first hundred all are members of the large conversation.</summary>
    public static Guid UserOf(int number) => Guid.Parse($"20000000-0000-7000-8000-{number:000000000000}");

    public async Task InitializeAsync()
    {
        await chat.ExecuteAsync($"create database {_name}");
        var password = new NpgsqlConnectionStringBuilder(await chat.ConnectionStringAsync("pgbouncer")).Password!;
        await using var owner = await OwnerAsync();
        await new DatabaseMigrator(owner).RunAsync(password, CancellationToken.None);
        await ExecuteAsync(owner, Seed);
        await ExecuteAsync(owner, "vacuum analyze");
    }

    public Task DisposeAsync() => chat.ExecuteAsync($"drop database {_name} with (force)");

    public async Task<NpgsqlDataSource> OwnerAsync() => NpgsqlDataSource.Create(
        new NpgsqlConnectionStringBuilder(await chat.ConnectionStringAsync("postgres")) { Database = _name });

    private const string Poll = """'{"poll": {"options": ["a", "b"], "multiple": true, "anonymous": false}}'""";

    /// <summary>One in a hundred messages is a poll and has been reacted to, by half of the members; every one has been changed once.</summary>
    private static string Seed => $"""
        create function pg_temp.id(kind integer, n integer) returns uuid language sql immutable
            return (kind || '0000000-0000-7000-8000-' || lpad(n::text, 12, '0'))::uuid;

        insert into users (id, user_name, normalized_user_name, display_name)
        select pg_temp.id(2, n), 'user' || n, 'USER' || n, 'User ' || n from generate_series(1, 5000) n;
        insert into sessions (id, user_id, family_hash, refresh_hash)
        select pg_temp.id(3, n), pg_temp.id(2, n), n::text::bytea, n::text::bytea from generate_series(1, 5000) n;
        insert into conversations (id, kind, title, last_seq, last_rev, membership_version, member_count, first_member_ids, compact_at)
        select pg_temp.id(1, n), 'group', 'Group ' || n, {Messages}, {2 * Messages}, 1, 100, array[pg_temp.id(2, 1), pg_temp.id(2, 2)],
               now() + n * interval '1 minute'
        from generate_series(1, 20000) n;
        insert into compactions (conversation_id, marked_rev, marked_at) select id, 1, now() from conversations;
        insert into members (conversation_id, user_id, role)
        select pg_temp.id(1, c), pg_temp.id(2, (c * u) % 5000 + 1), 'member' from generate_series(1, 20000) c, generate_series(1, 4) u
        on conflict do nothing;
        insert into members (conversation_id, user_id, role)
        select pg_temp.id(1, 1), pg_temp.id(2, u), 'member' from generate_series(1, 100) u
        on conflict do nothing;
        insert into members (conversation_id, user_id, role)
        select pg_temp.id(1, 2), pg_temp.id(2, u), 'member' from generate_series(1, 5000) u
        on conflict do nothing;
        insert into messages (conversation_id, seq, rev, sender_id, client_id, kind, text, created_at)
        values (pg_temp.id(1, 2), 1, 1, pg_temp.id(2, 1), gen_random_uuid(), 'text', 'hello', now());
        insert into messages (conversation_id, seq, rev, sender_id, client_id, kind, text, content, created_at)
        select pg_temp.id(1, 1), n, {Messages} + n, pg_temp.id(2, n % 100 + 1), gen_random_uuid(),
               case n % 100 when 50 then 'poll' else 'text' end, repeat('hello ', 33), case n % 100 when 50 then {Poll}::jsonb end, now()
        from generate_series(1, {Messages}) n;
        insert into changes (conversation_id, rev, seq)
        select pg_temp.id(1, 1), n, (n - 1) % {Messages} + 1 from generate_series(1, {2 * Messages}) n;
        insert into reactions (conversation_id, seq, user_id, emoji)
        select pg_temp.id(1, 1), s, pg_temp.id(2, u), '👍' from generate_series(50, {Messages}, 100) s, generate_series(2, 20, 2) u;
        insert into votes (conversation_id, seq, user_id, choices)
        select pg_temp.id(1, 1), s, pg_temp.id(2, u), u from generate_series(50, {Messages}, 100) s, generate_series(1, 3) u;
        insert into message_versions (conversation_id, seq, rev, text, written_at)
        select pg_temp.id(1, 1), s, s, 'before', now() from generate_series(1, {Messages}, 100) s;
        insert into pins (conversation_id, seq, pinned_by) select pg_temp.id(1, n), 1, pg_temp.id(2, 1) from generate_series(1, 20000) n;
        insert into user_streams (user_id, last_rev, compact_at)
        select pg_temp.id(2, n), 100, now() + n * interval '1 minute' from generate_series(1, 500) n;
        insert into user_changes (user_id, rev, conversation_id, seq)
        select pg_temp.id(2, u), n, pg_temp.id(1, 1), n from generate_series(1, 500) u, generate_series(1, 100) n;
        insert into hidden_messages (user_id, conversation_id, seq) select user_id, conversation_id, seq from user_changes where rev % 10 = 0;
        insert into files (id, owner_id, name, media_type, size, scan, scan_at, thumbnail_id, thumbnail_type)
        select pg_temp.id(4, n), pg_temp.id(2, n % 5000 + 1), 'a.png', 'image/png', n, case n % 10 when 0 then 'pending' else 'clean' end, now(),
               pg_temp.id(5, n), 'image/png'
        from generate_series(1, 20000) n;
        insert into file_uses (conversation_id, seq, kind, file_id)
        select pg_temp.id(1, 1), s, 'image', gen_random_uuid() from generate_series(70, {Messages}, 100) s;
        insert into blocks (user_id, blocked_id)
        select pg_temp.id(2, n), pg_temp.id(2, n % 5000 + b) from generate_series(1, 5000) n, generate_series(1, 4) b
        where n <> n % 5000 + b and n % 5000 + b <= 5000;
        insert into mentions (conversation_id, user_id, seq)
        select pg_temp.id(1, 1), pg_temp.id(2, u), s from generate_series(200, {Messages}, 200) s, generate_series(2, 20, 2) u;
        """;

    private static async Task ExecuteAsync(NpgsqlDataSource database, string sql)
    {
        await using var command = database.CreateCommand(sql);
        command.CommandTimeout = 120;
        await command.ExecuteNonQueryAsync();
    }
}
