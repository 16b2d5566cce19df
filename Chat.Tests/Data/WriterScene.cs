using Chat.Contracts.Conversations;
using Chat.Contracts.Messages;
using Chat.Data.Conversations;
using Chat.Data.Messages;
using Chat.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Chat.Tests.Data;

/// <summary>A writer that does not run yet, and a conversation of one sender.</summary>
internal sealed class WriterScene : IAsyncDisposable
{
    public required NpgsqlDataSource Owner { get; init; }

    public required NpgsqlDataSource Pooled { get; init; }

    public required MessageWriter Writer { get; init; }

    public required Guid Sender { get; init; }

    public Guid Conversation { get; private set; }

    public static async Task<WriterScene> CreateAsync(ChatApplication chat)
    {
        using var sender = await Person.RegisterAsync(chat, "sender");
        var pooled = NpgsqlDataSource.Create(await chat.ConnectionStringAsync("pgbouncer"));
        var scene = new WriterScene
        {
            Owner = await chat.OwnerAsync(),
            Pooled = pooled,
            Sender = sender.Id,
            Writer = new MessageWriter(pooled, TimeProvider.System, NullLogger<MessageWriter>.Instance),
        };
        scene.Conversation = await scene.AnotherConversationAsync();
        return scene;
    }

    public async Task<Guid> AnotherConversationAsync() => (await CreateConversation.RunAsync(
        Pooled, new ConversationOptions(), Guid.CreateVersion7(), ConversationKind.Group, "A group", Sender, [Sender], CancellationToken.None)).Conversation!.Id;

    public Task<SendOutcome> SendAsync(
        string text = "hello", Guid? clientId = null, Guid? conversation = null, MessageDetails? details = null) => Writer.SendAsync(
        new NewMessage(conversation ?? Conversation, Sender, clientId ?? Guid.NewGuid(), MessageKind.Text, text, details));

    public Task<ChangeOutcome> EditAsync(long seq, string text) =>
        Writer.ChangeAsync(new MessageChange(Conversation, seq, Sender, MessageAction.Edit, text));

    public async Task LockAsync(NpgsqlConnection connection)
    {
        await using var command = new NpgsqlCommand($"select from conversations where id = '{Conversation}' for update", connection);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>What another writer does in its transaction, after the lock.</summary>
    public async Task WriteFirstMessageAsync(NpgsqlConnection connection)
    {
        await using var command = new NpgsqlCommand($"""
            insert into messages (conversation_id, seq, rev, sender_id, client_id, kind, text, created_at)
            values ('{Conversation}', 1, 2, '{Sender}', gen_random_uuid(), 'text', 'first', now());
            insert into changes (conversation_id, rev, seq) values ('{Conversation}', 2, 1);
            update conversations set last_seq = 1, last_rev = 2 where id = '{Conversation}';
            """, connection);
        await command.ExecuteNonQueryAsync();
    }

    /// <param name="what">An aggregate over the connections on which a batch waits for a lock.</param>
    public async Task<long> WaitingAsync(string what)
    {
        await using var command = Owner.CreateCommand($"""
            select {what} from pg_stat_activity
            where wait_event_type = 'Lock' and query ~ '^/[*] (LockConversations|SendMessages|ChangeMessages) [*]/'
            """);
        return (long)(await command.ExecuteScalarAsync())!;
    }

    public async ValueTask DisposeAsync()
    {
        await Owner.DisposeAsync();
        await Pooled.DisposeAsync();
    }
}
