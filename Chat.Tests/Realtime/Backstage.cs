using System.Text;
using Chat.Data.Events;
using Chat.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using StackExchange.Redis;

namespace Chat.Tests.Realtime;

/// <summary>Somebody with an account, and the token that they connect with.</summary>
internal sealed record Someone(Guid Id, Guid SessionId, string Token);

/// <summary>
/// Makes rows and events by hand, for what the API does not offer: events in an order of the test's choice, changes that are announced
/// late or never.
/// </summary>
internal sealed class Backstage : IAsyncDisposable
{
    private readonly NpgsqlDataSource _database;
    private readonly ConnectionMultiplexer _redis;
    private readonly EventPublisher _publisher;

    private readonly ChatApplication _chat;

    private Backstage(ChatApplication chat, NpgsqlDataSource database, ConnectionMultiplexer redis)
    {
        (_chat, _database, _redis) = (chat, database, redis);
        _publisher = new EventPublisher(redis, TimeProvider.System, NullLogger<EventPublisher>.Instance);
    }

    public static async Task<Backstage> OpenAsync(ChatApplication chat) => new(
        chat, await chat.OwnerAsync(), await ConnectionMultiplexer.ConnectAsync(await chat.ConnectionStringAsync("redis")));

    public async Task<Someone> PersonAsync(string name)
    {
        using var person = await Person.RegisterAsync(_chat, name);
        return new Someone(person.Id, person.SignIn.SessionId, person.SignIn.AccessToken);
    }

    /// <summary>A group at membership version 1.</summary>
    public async Task<Guid> ConversationAsync(params Someone[] members)
    {
        var id = Guid.CreateVersion7();
        await ExecuteAsync("insert into conversations (id, kind, membership_version) values ($1, 'group', 1)", id);
        foreach (var member in members)
        {
            await ExecuteAsync("insert into members (conversation_id, user_id, role) values ($1, $2, 'member')", id, member.Id);
        }

        return id;
    }

    /// <summary>Commits that somebody joined, and returns the new membership version. Nobody is told.</summary>
    public async Task<long> JoinAsync(Guid conversation, Someone who)
    {
        await ExecuteAsync("insert into members (conversation_id, user_id, role) values ($1, $2, 'member')", conversation, who.Id);
        return await NextVersionAsync(conversation);
    }

    /// <summary>Commits that somebody was removed, and returns the new membership version. Nobody is told.</summary>
    public async Task<long> RemoveAsync(Guid conversation, Someone who)
    {
        await ExecuteAsync(
            "update members set left_at = clock_timestamp() where conversation_id = $1 and user_id = $2", conversation, who.Id);
        return await NextVersionAsync(conversation);
    }

    /// <summary>A message in a conversation made by <see cref="ConversationAsync"/>.</summary>
    public Task MessageAsync(Guid conversation, long seq, Someone sender) => ExecuteAsync(
        """
        with message as (
            insert into messages (conversation_id, seq, rev, sender_id, client_id, kind, text, created_at)
            values ($1, $2, $2, $3, gen_random_uuid(), 'text', 'hello', clock_timestamp())
        )
        update conversations set last_seq = $2, last_rev = $2 where id = $1
        """,
        conversation, seq, sender.Id);

    /// <summary>Commits that a user's own stream has come to a rev. Nobody is told.</summary>
    public Task OwnStreamAsync(Someone who, long rev) => ExecuteAsync(
        "insert into user_streams (user_id, last_rev) values ($1, $2) on conflict (user_id) do update set last_rev = excluded.last_rev", who.Id, rev);

    /// <summary>Commits a reaction, and with it its place in the queue where it is to be counted.</summary>
    public Task ReactAsync(Guid conversation, long seq, Someone who, string emoji, bool queued = true) => ExecuteAsync(
        $"""
        with reaction as (insert into reactions (conversation_id, seq, user_id, emoji) values ($1, $2, $3, $4))
        insert into recount_queue (conversation_id, seq) select $1, $2 where {queued}
        """,
        conversation, seq, who.Id, emoji);

    public Task QueueAsync(Guid conversation, long seq) =>
        ExecuteAsync("insert into recount_queue (conversation_id, seq) values ($1, $2)", conversation, seq);

    public Task AnnounceAsync(ControlEvent e) => _publisher.PublishControlAsync(e);

    /// <summary>Publishes an event as the writer does after its commit.</summary>
    public Task PublishAsync(Guid conversation, long rev, long membershipVersion = 1, string text = "hello")
    {
        var json = $$$"""{"type":"messageSent","conversationId":"{{{conversation}}}","rev":{{{rev}}},"seq":{{{rev}}},"membershipVersion":{{{membershipVersion}}},"message":{"text":"{{{text}}}"}}""";
        return _publisher.PublishAsync(new ConversationEvent(conversation, membershipVersion, rev, rev, Encoding.UTF8.GetBytes(json)));
    }

    public async ValueTask DisposeAsync()
    {
        _redis.Dispose();
        await _database.DisposeAsync();
    }

    private async Task<long> NextVersionAsync(Guid conversation)
    {
        await using var command = _database.CreateCommand(
            "update conversations set membership_version = membership_version + 1 where id = $1 returning membership_version");
        command.Parameters.Add(new NpgsqlParameter { Value = conversation });
        return (long)(await command.ExecuteScalarAsync())!;
    }

    private async Task ExecuteAsync(string sql, params object[] values)
    {
        await using var command = _database.CreateCommand(sql);
        command.Parameters.AddRange(values.Select(v => new NpgsqlParameter { Value = v }).ToArray());
        await command.ExecuteNonQueryAsync();
    }
}
