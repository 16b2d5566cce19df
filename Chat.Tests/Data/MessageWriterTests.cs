using Chat.Contracts.Conversations;
using Chat.Contracts.Messages;
using Chat.Data.Conversations;
using Chat.Data.Messages;
using Chat.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Chat.Tests.Data;

/// <summary>What the writer does when it is full, stopped, disturbed or given a bad message; through PgBouncer, as in service.</summary>
[Collection(ChatCollection.Name)]
public sealed class MessageWriterTests(ChatApplication chat)
{
    [Fact]
    public async Task A_full_queue_refuses_at_once_and_what_was_queued_is_committed_before_the_end()
    {
        await using var scene = await Scene.CreateAsync(chat);
        var queued = Enumerable.Range(0, MessageWriter.Capacity).Select(_ => scene.SendAsync()).ToArray();

        Assert.IsType<SendOutcome.Full>(await scene.SendAsync());
        scene.Writer.Complete();
        Assert.IsType<SendOutcome.Full>(await scene.SendAsync());
        await scene.Writer.RunAsync();

        var seqs = (await Task.WhenAll(queued)).Select(Seq).Order();
        Assert.Equal(Enumerable.Range(1, MessageWriter.Capacity).Select(n => (long)n), seqs);
    }

    [Fact]
    public async Task A_bad_message_fails_alone()
    {
        await using var scene = await Scene.CreateAsync(chat);
        var before = Enumerable.Range(0, 20).Select(_ => scene.SendAsync()).ToArray();
        var bad = scene.SendAsync("PostgreSQL takes no \0");
        var after = Enumerable.Range(0, 20).Select(_ => scene.SendAsync()).ToArray();
        scene.Writer.Complete();
        await scene.Writer.RunAsync();

        await Assert.ThrowsAsync<PostgresException>(() => bad);
        Assert.Equal(Enumerable.Range(1, 40).Select(n => (long)n), (await Task.WhenAll([.. before, .. after])).Select(Seq));
    }

    [Fact]
    public async Task A_message_twice_in_one_batch_and_one_of_a_stranger_are_told_apart()
    {
        await using var scene = await Scene.CreateAsync(chat);
        var clientId = Guid.NewGuid();
        var (once, twice) = (scene.SendAsync("the first text", clientId), scene.SendAsync("the second text", clientId));
        var stranger = scene.Writer.SendAsync(new NewMessage(scene.Conversation, Guid.NewGuid(), clientId, MessageKind.Text, "x"));
        var nowhere = scene.SendAsync(conversation: Guid.NewGuid());
        scene.Writer.Complete();
        await scene.Writer.RunAsync();

        var (first, second) = (Sent(await once), Sent(await twice));
        Assert.Equal((true, false), (first.IsNew, second.IsNew));
        Assert.Equal((1, "the first text"), (first.Message.Seq, first.Message.Text));
        Assert.Equal(first.Message, second.Message);
        Assert.IsType<SendOutcome.NotMember>(await stranger);
        Assert.IsType<SendOutcome.NotMember>(await nowhere);
    }

    [Fact]
    public async Task A_batch_that_waited_for_another_writer_goes_on_from_its_numbers()
    {
        await using var scene = await Scene.CreateAsync(chat);
        await using var other = await scene.Owner.OpenConnectionAsync();
        await using var writing = await other.BeginTransactionAsync();
        await scene.LockAsync(other);
        await scene.WriteFirstMessageAsync(other);
        var sent = scene.SendAsync();
        var running = scene.Writer.RunAsync();
        await Eventually.HoldsAsync(
            "the batch waits for the other writer", TimeSpan.FromSeconds(20), async () => await scene.WaitingAsync("count(pid)") > 0);
        await writing.CommitAsync();
        scene.Writer.Complete();
        await running;

        var message = Sent(await sent).Message;
        Assert.Equal((2, 3), (message.Seq, message.Rev));
    }

    [Fact]
    public async Task A_batch_whose_connection_is_lost_is_run_again_and_stored_once()
    {
        await using var scene = await Scene.CreateAsync(chat);
        await using var other = await scene.Owner.OpenConnectionAsync();
        await using var locking = await other.BeginTransactionAsync();
        await scene.LockAsync(other);
        var sent = Enumerable.Range(0, 10).Select(_ => scene.SendAsync()).ToArray();
        var running = scene.Writer.RunAsync();
        await Eventually.HoldsAsync(
            "the batch waits for the lock, and its connection is ended", TimeSpan.FromSeconds(20),
            async () => await scene.WaitingAsync("count(pg_terminate_backend(pid))") > 0);
        await locking.RollbackAsync();
        scene.Writer.Complete();
        await running;

        Assert.Equal(Enumerable.Range(1, 10).Select(n => (long)n), (await Task.WhenAll(sent)).Select(Seq));
    }

    [Fact]
    public async Task A_conversation_that_stays_locked_holds_up_no_other()
    {
        await using var scene = await Scene.CreateAsync(chat);
        var free = await scene.AnotherConversationAsync();
        await using var other = await scene.Owner.OpenConnectionAsync();
        await using var locking = await other.BeginTransactionAsync();
        await scene.LockAsync(other);
        var (stuck, passed) = (scene.SendAsync(), scene.SendAsync(conversation: free));
        scene.Writer.Complete();
        await scene.Writer.RunAsync();
        await locking.RollbackAsync();

        Assert.IsType<SendOutcome.Unknown>(await stuck);
        Assert.Equal(1, Seq(await passed));
    }

    private static SentMessage Sent(SendOutcome outcome) => Assert.IsType<SendOutcome.Sent>(outcome).Message;

    private static long Seq(SendOutcome outcome) => Sent(outcome).Message.Seq;

    /// <summary>A writer that does not run yet, and a conversation of one sender.</summary>
    private sealed class Scene : IAsyncDisposable
    {
        public required NpgsqlDataSource Owner { get; init; }

        public required NpgsqlDataSource Pooled { get; init; }

        public required MessageWriter Writer { get; init; }

        public required Guid Sender { get; init; }

        public Guid Conversation { get; private set; }

        public static async Task<Scene> CreateAsync(ChatApplication chat)
        {
            using var sender = await Person.RegisterAsync(chat, "sender");
            var pooled = NpgsqlDataSource.Create(await chat.ConnectionStringAsync("pgbouncer"));
            var scene = new Scene
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
            Pooled, Guid.CreateVersion7(), ConversationKind.Group, "A group", Sender, [Sender], CancellationToken.None)).Id;

        public Task<SendOutcome> SendAsync(string text = "hello", Guid? clientId = null, Guid? conversation = null) => Writer.SendAsync(
            new NewMessage(conversation ?? Conversation, Sender, clientId ?? Guid.NewGuid(), MessageKind.Text, text));

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
                where wait_event_type = 'Lock' and query ~ '^/[*] (LockConversations|SendMessages) [*]/'
                """);
            return (long)(await command.ExecuteScalarAsync())!;
        }

        public async ValueTask DisposeAsync()
        {
            await Owner.DisposeAsync();
            await Pooled.DisposeAsync();
        }
    }
}
