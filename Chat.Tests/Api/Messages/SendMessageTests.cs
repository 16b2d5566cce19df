using Chat.Contracts.Messages;
using Chat.Tests.Support;

namespace Chat.Tests.Api.Messages;

[Collection(ChatCollection.Name)]
public sealed class SendMessageTests(ChatApplication chat)
{
    [Fact]
    public async Task A_message_gets_the_next_seq_and_is_in_every_members_history()
    {
        using var sender = await Person.RegisterAsync(chat, "sender");
        using var reader = await Person.RegisterAsync(chat, "reader", service: "api2");
        var group = await sender.CreateGroupAsync(reader);

        var first = await sender.Client.SendAsync(group.Id, "日本 <b>&\"'\\ 👍🏽\n\tend");
        var second = await reader.Client.SendAsync(group.Id, "second");

        Assert.Equal((1, 2), (first.Seq, second.Seq));
        Assert.True(first.Rev < second.Rev);
        Assert.Equal((sender.Id, group.Id, "日本 <b>&\"'\\ 👍🏽\n\tend"), (first.SenderId, first.ConversationId, first.Text));
        Assert.Equal([first, second], (await reader.Client.HistoryAsync(group.Id)).Items);
        Assert.Equal(second, await sender.Client.MessageAsync(group.Id, 2));
    }

    [Fact]
    public async Task A_message_sent_again_at_another_replica_is_stored_once_and_keeps_its_seq_and_text()
    {
        using var sender = await Person.RegisterAsync(chat, "sender");
        using var elsewhere = sender.At(chat, "api2");
        var group = await sender.CreateGroupAsync();
        var clientId = Guid.NewGuid();

        var sent = await sender.Client.SendAsync(group.Id, "first text", clientId);
        await sender.Client.SendAsync(group.Id, "another message");
        var again = await elsewhere.SendAsync(group.Id, "second text", clientId);

        Assert.Equal(sent, again);
        Assert.Equal(2, (await sender.Client.HistoryAsync(group.Id)).Items.Count);
    }

    [Fact]
    public async Task Fifty_parallel_attempts_at_one_message_store_it_once()
    {
        using var sender = await Person.RegisterAsync(chat, "sender");
        using var elsewhere = sender.At(chat, "api2");
        var group = await sender.CreateGroupAsync();
        var clientId = Guid.NewGuid();

        var answers = await Task.WhenAll(Enumerable.Range(0, 50)
            .Select(n => (n % 2 == 0 ? sender.Client : elsewhere).SendAsync(group.Id, $"attempt {n}", clientId)));

        var stored = Assert.Single((await sender.Client.HistoryAsync(group.Id)).Items);
        Assert.All(answers, answer => Assert.Equal(stored, answer));
        Assert.Equal(1, (await sender.Client.ConversationAsync(group.Id)).LastSeq);
    }

    [Fact]
    public async Task One_client_id_is_one_message_of_each_sender_in_each_conversation()
    {
        using var sender = await Person.RegisterAsync(chat, "sender");
        using var other = await Person.RegisterAsync(chat, "other");
        var (group, another) = (await sender.CreateGroupAsync(other), await sender.CreateGroupAsync(other));
        var clientId = Guid.NewGuid();

        Message[] sent =
        [
            await sender.Client.SendAsync(group.Id, "a", clientId), await other.Client.SendAsync(group.Id, "b", clientId),
            await sender.Client.SendAsync(another.Id, "c", clientId),
        ];

        Assert.Equal([(group.Id, 1, "a"), (group.Id, 2, "b"), (another.Id, 1, "c")], sent.Select(m => (m.ConversationId, m.Seq, m.Text)));
    }

    [Fact]
    public async Task Seq_and_rev_are_dense_whatever_members_send_at_once_over_two_replicas()
    {
        using var owner = await Person.RegisterAsync(chat, "owner");
        using var member = await Person.RegisterAsync(chat, "member", service: "api2");
        var groups = new[] { await owner.CreateGroupAsync(member), await owner.CreateGroupAsync(member) };

        var sent = await Task.WhenAll(Enumerable.Range(0, 400)
            .Select(n => (n % 4 < 2 ? owner : member).Client.SendAsync(groups[n % 2].Id, $"message {n}")));

        foreach (var group in groups)
        {
            var mine = sent.Where(m => m.ConversationId == group.Id).OrderBy(m => m.Seq).ToArray();
            Assert.Equal(Enumerable.Range(1, 200).Select(n => (long)n), mine.Select(m => m.Seq));
            Assert.Equal(mine.Select(m => m.Seq + 1), mine.Select(m => m.Rev));
            var (one, two) = (await owner.Client.HistoryAsync(group.Id, "?after=0&limit=100"), await owner.Client.HistoryAsync(group.Id, "?after=100&limit=100"));
            Assert.Equal(mine, one.Items.Concat(two.Items));
        }
    }

    [Fact]
    public async Task Sending_moves_the_senders_own_read_position_and_nobody_elses()
    {
        using var sender = await Person.RegisterAsync(chat, "sender");
        using var reader = await Person.RegisterAsync(chat, "reader");
        var group = await sender.CreateGroupAsync(reader);

        await sender.Client.SendAsync(group.Id);
        await sender.Client.SendAsync(group.Id, "the last");

        var (sendersView, readersView) = (await sender.Client.ConversationAsync(group.Id), await reader.Client.ConversationAsync(group.Id));
        Assert.Equal((2, 0), (sendersView.Me!.ReadSeq, sendersView.Me.Unread));
        Assert.Equal((0, 2), (readersView.Me!.ReadSeq, readersView.Me.Unread));
        Assert.Equal("the last", readersView.LastMessage!.Text);
    }
}
