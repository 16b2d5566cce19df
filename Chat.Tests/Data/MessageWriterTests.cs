using Chat.Contracts.Messages;
using Chat.Data.Messages;
using Chat.Tests.Support;
using Npgsql;

namespace Chat.Tests.Data;

/// <summary>What the writer does when it is full, stopped, disturbed or given a bad message; through PgBouncer, as in service.</summary>
[Collection(ChatCollection.Name)]
public sealed class MessageWriterTests(ChatApplication chat)
{
    [Fact]
    public async Task A_full_queue_refuses_at_once_and_what_was_queued_is_committed_before_the_end()
    {
        await using var scene = await WriterScene.CreateAsync(chat);
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
        await using var scene = await WriterScene.CreateAsync(chat);
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
        await using var scene = await WriterScene.CreateAsync(chat);
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
        await using var scene = await WriterScene.CreateAsync(chat);
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

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_batch_whose_connection_is_lost_is_run_again_and_stored_once(bool detailed)
    {
        await using var scene = await WriterScene.CreateAsync(chat);
        await using var other = await scene.Owner.OpenConnectionAsync();
        await using var locking = await other.BeginTransactionAsync();
        await scene.LockAsync(other);
        var details = detailed ? new MessageDetails(Mentions: [scene.Sender]) : null;
        var sent = Enumerable.Range(0, 10).Select(_ => scene.SendAsync(details: details)).ToArray();
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
        await using var scene = await WriterScene.CreateAsync(chat);
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

    [Fact]
    public async Task Only_so_many_wait_for_a_held_conversation_and_they_are_committed_in_their_order_once_it_is_free()
    {
        await using var scene = await WriterScene.CreateAsync(chat);
        var free = await scene.AnotherConversationAsync();
        await using var other = await scene.Owner.OpenConnectionAsync();
        await using var locking = await other.BeginTransactionAsync();
        await scene.LockAsync(other);
        _ = scene.SendAsync();
        var running = scene.Writer.RunAsync();
        await Eventually.HoldsAsync(
            "the first batch waits for the lock", TimeSpan.FromSeconds(20), async () => await scene.WaitingAsync("count(pid)") > 0);
        Assert.Equal(1, Seq(await scene.SendAsync(conversation: free)));

        var waiting = Enumerable.Range(0, MessageWriter.MaxBatch).Select(_ => scene.SendAsync()).ToArray();
        Assert.IsType<SendOutcome.Unknown>(await scene.SendAsync());
        await locking.RollbackAsync();
        scene.Writer.Complete();
        await running;

        var seqs = (await Task.WhenAll(waiting)).Select(Seq).ToArray();
        Assert.Equal(Enumerable.Range(0, seqs.Length).Select(n => seqs[0] + n), seqs);
    }

    private static SentMessage Sent(SendOutcome outcome) => Assert.IsType<SendOutcome.Sent>(outcome).Message;

    private static long Seq(SendOutcome outcome) => Sent(outcome).Message.Seq;
}
