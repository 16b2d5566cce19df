using Chat.Data.Messages;
using Chat.Tests.Support;
using Npgsql;

namespace Chat.Tests.Data;

/// <summary>What the writer does with changes of messages, and with messages of all sorts, that come together.</summary>
[Collection(ChatCollection.Name)]
public sealed class WriterChangesTests(ChatApplication chat)
{
    [Fact]
    public async Task Several_changes_of_one_message_are_made_in_their_order_and_each_takes_a_rev()
    {
        await using var scene = await WriterScene.CreateAsync(chat);
        var sent = scene.SendAsync();
        MessageAction[] actions = [MessageAction.Edit, MessageAction.Pin, MessageAction.Unpin, MessageAction.Pin, MessageAction.Delete, MessageAction.Edit];
        var changes = actions.Select(action => scene.Writer.ChangeAsync(
            new MessageChange(scene.Conversation, 1, scene.Sender, action, "edited"))).ToArray();
        var after = scene.SendAsync();
        scene.Writer.Complete();
        await scene.Writer.RunAsync();

        Assert.Equal((1, 2), (Sent(await sent).Message.Seq, Sent(await sent).Message.Rev));
        Assert.Equal([3, 4, 5, 6, 7], (await Task.WhenAll(changes[..5])).Select(c => Assert.IsType<ChangeOutcome.Changed>(c).Message.Rev));
        Assert.Equal(ChangeRefusal.Deleted, Assert.IsType<ChangeOutcome.Refused>(await changes[5]).Reason);
        Assert.Equal((2, 8), (Sent(await after).Message.Seq, Sent(await after).Message.Rev));
    }

    [Fact]
    public async Task A_bad_change_fails_alone_and_changes_of_what_there_is_not_change_nothing()
    {
        await using var scene = await WriterScene.CreateAsync(chat);
        var sends = Enumerable.Range(0, 5).Select(_ => scene.SendAsync()).ToArray();
        var bad = scene.EditAsync(1, "PostgreSQL takes no \0");
        var good = scene.EditAsync(2, "good");
        var beyond = scene.EditAsync(6, "there is no such message");
        var stranger = scene.Writer.ChangeAsync(new MessageChange(scene.Conversation, 3, Guid.NewGuid(), MessageAction.Delete));
        scene.Writer.Complete();
        await scene.Writer.RunAsync();

        await Assert.ThrowsAsync<PostgresException>(() => bad);
        Assert.Equal(Enumerable.Range(1, 5).Select(n => (long)n), (await Task.WhenAll(sends)).Select(Seq));
        Assert.Equal(("good", 7), Assert.IsType<ChangeOutcome.Changed>(await good) is var c ? (c.Message.Text, c.Message.Rev) : default);
        Assert.IsType<ChangeOutcome.NotFound>(await beyond);
        Assert.IsType<ChangeOutcome.NotFound>(await stranger);
    }

    [Fact]
    public async Task A_batch_of_changes_whose_connection_is_lost_is_run_again_and_made_once()
    {
        await using var scene = await WriterScene.CreateAsync(chat);
        var sends = Enumerable.Range(0, 5).Select(_ => scene.SendAsync()).ToArray();
        var running = scene.Writer.RunAsync();
        await Task.WhenAll(sends);
        await using var other = await scene.Owner.OpenConnectionAsync();
        await using var locking = await other.BeginTransactionAsync();
        await scene.LockAsync(other);
        var edits = Enumerable.Range(1, 5).Select(seq => scene.EditAsync(seq, "edited")).ToArray();
        await Eventually.HoldsAsync(
            "the batch waits for the lock, and its connection is ended", TimeSpan.FromSeconds(20),
            async () => await scene.WaitingAsync("count(pg_terminate_backend(pid))") > 0);
        await locking.RollbackAsync();
        scene.Writer.Complete();
        await running;

        Assert.Equal([7, 8, 9, 10, 11], (await Task.WhenAll(edits)).Select(e => Assert.IsType<ChangeOutcome.Changed>(e).Message.Rev));
    }

    [Fact]
    public async Task A_batch_of_all_sorts_tells_each_what_became_of_it_and_numbers_what_is_stored()
    {
        await using var scene = await WriterScene.CreateAsync(chat);
        await using (var other = await scene.Owner.OpenConnectionAsync())
        {
            await scene.WriteFirstMessageAsync(other);
        }

        var clientId = Guid.NewGuid();
        var underTheRoot = new MessageDetails(ThreadRoot: 1, Mentions: [Mention.Everyone]);
        var edit = scene.EditAsync(1, "the root, edited");
        Task<SendOutcome>[] sends =
        [
            scene.SendAsync("plain"),
            scene.SendAsync("in the thread", clientId, details: underTheRoot),
            scene.SendAsync("in the thread, again", clientId, details: underTheRoot),
            scene.SendAsync("under nothing", details: new MessageDetails(ThreadRoot: 99)),
            scene.SendAsync("nowhere", conversation: Guid.NewGuid()),
            scene.SendAsync("in the thread, too", details: underTheRoot),
        ];
        scene.Writer.Complete();
        await scene.Writer.RunAsync();
        var outcomes = await Task.WhenAll(sends);

        Assert.Equal([2, 3, 3, 0, 0, 4], outcomes.Select(o => o is SendOutcome.Sent(var sent) ? sent.Message.Seq : 0));
        Assert.Equal(SendRefusal.NoThread, Assert.IsType<SendOutcome.Refused>(outcomes[3]).Reason);
        Assert.IsType<SendOutcome.NotMember>(outcomes[4]);
        Assert.Equal([true, true, false, true], new[] { 0, 1, 2, 5 }.Select(n => Sent(outcomes[n]).IsNew));
        Assert.True(Sent(outcomes[1]).Message.MentionsEveryone);
        var root = Assert.Single(outcomes.OfType<SendOutcome.Sent>(), o => o.Message.ThreadRoot is not null).Message.ThreadRoot!;
        Assert.Equal((1, 2, 6), (root.Seq, root.ReplyCount, root.Rev));
        var edited = Assert.IsType<ChangeOutcome.Changed>(await edit).Message;
        Assert.Equal((2, 7, "the root, edited"), (edited.ReplyCount, edited.Rev, edited.Text));
    }

    private static SentMessage Sent(SendOutcome outcome) => Assert.IsType<SendOutcome.Sent>(outcome).Message;

    private static long Seq(SendOutcome outcome) => Sent(outcome).Message.Seq;
}
