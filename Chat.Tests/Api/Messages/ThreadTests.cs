using System.Net;
using Chat.Contracts.Messages;
using Chat.Tests.Support;

namespace Chat.Tests.Api.Messages;

/// <summary>Replies, which refer to one message, and threads, which stand under one.</summary>
[Collection(ChatCollection.Name)]
public sealed class ThreadTests(ChatApplication chat)
{
    [Fact]
    public async Task A_reply_names_the_message_that_it_answers_also_when_that_is_deleted()
    {
        using var sender = await Person.RegisterAsync(chat, "sender");
        var group = await sender.CreateGroupAsync();
        await sender.Client.SendAsync(group.Id, "a question");
        await sender.Client.DeleteMessageAsync(group.Id, 1);

        var reply = await sender.Client.SendAsync(group.Id, new SendMessageRequest(Guid.NewGuid(), "an answer", ReplyTo: 1));

        Assert.Equal((2, 1, null), (reply.Seq, reply.ReplyTo, reply.ThreadRoot));
        Assert.Equal(reply, await sender.Client.MessageAsync(group.Id, 2));
    }

    [Fact]
    public async Task The_root_of_a_thread_counts_its_replies_and_each_count_is_a_change()
    {
        using var sender = await Person.RegisterAsync(chat, "sender");
        using var reader = await Person.RegisterAsync(chat, "reader", service: "api2");
        var group = await sender.CreateGroupAsync(reader);
        var root = await sender.Client.SendAsync(group.Id, "the root");
        var known = await reader.Client.HistoryAsync(group.Id);
        await using var listener = await Listener.ConnectAsync(chat, "realtime2", sender.SignIn.AccessToken);

        var reply = await AnswerAsync(reader.Client, group.Id, root: 1);
        await AnswerAsync(sender.Client, group.Id, root: 1);

        var changed = await reader.Client.MessageAsync(group.Id, 1);
        Assert.Equal((2, root.Rev + 4), (changed.ReplyCount, changed.Rev));
        Assert.True(changed.LastReplyAt > reply.CreatedAt);
        Assert.Null(changed.EditedAt);
        Assert.Equal((1, root.Rev + 1), (reply.ThreadRoot, reply.Rev));
        var heard = await listener.HearsAsync(group.Id, root.Rev + 2);
        Assert.Equal(("messageChanged", 1), (heard.GetProperty("type").GetString(), heard.GetProperty("message").GetProperty("replyCount").GetInt32()));
        Assert.Equal([2, 3, 1], (await reader.Client.ChangesAsync(group.Id, known.ChangesToken)).Messages.Select(m => m.Seq));
    }

    [Fact]
    public async Task Threads_under_load_over_two_replicas_count_exactly_and_numbers_stay_dense()
    {
        using var sender = await Person.RegisterAsync(chat, "sender");
        using var elsewhere = sender.At(chat, "api2");
        var group = await sender.CreateGroupAsync();
        await sender.Client.SendAsync(group.Id);
        await sender.Client.SendAsync(group.Id);

        var sent = await Task.WhenAll(Enumerable.Range(0, 90).Select(n => (n % 2 == 0 ? sender.Client : elsewhere).SendAsync(
            group.Id, new SendMessageRequest(Guid.NewGuid(), $"{n}", ThreadRoot: n % 3 == 0 ? null : n % 3))));

        Assert.Equal(Enumerable.Range(3, 90).Select(n => (long)n), sent.Select(m => m.Seq).Order());
        Assert.Equal([30, 30], (await sender.Client.HistoryAsync(group.Id, "?after=0&limit=2")).Items.Select(m => m.ReplyCount ?? 0));
        var head = await sender.Client.ConversationAsync(group.Id);
        Assert.Equal((head.LastRev, head.LastRev), await RevsAsync(group.Id));
        var thread = new List<Message>();
        for (var (page, after) = (await PageAsync(0), 0L); ; page = await PageAsync(after))
        {
            thread.AddRange(page.Items);
            if (page.Next is not { } next)
            {
                break;
            }

            after = next;
        }

        Assert.Equal(sent.Where(m => m.ThreadRoot == 1).OrderBy(m => m.Seq), thread);

        Task<MessagePage> PageAsync(long after) => elsewhere.ThreadAsync(group.Id, 1, $"?after={after}&limit=12");
    }

    [Fact]
    public async Task A_reply_sent_again_and_in_parallel_counts_once()
    {
        using var sender = await Person.RegisterAsync(chat, "sender");
        using var elsewhere = sender.At(chat, "api2");
        var group = await sender.CreateGroupAsync();
        var root = await sender.Client.SendAsync(group.Id);
        var reply = new SendMessageRequest(Guid.NewGuid(), "once", ReplyTo: 1, ThreadRoot: 1);

        var answers = await Task.WhenAll(Enumerable.Range(0, 30).Select(n => (n % 2 == 0 ? sender.Client : elsewhere).SendAsync(group.Id, reply)));

        Assert.All(answers, answer => Assert.Equal(answers[0], answer));
        Assert.Equal((1, root.Rev + 2), await sender.Client.MessageAsync(group.Id, 1) is var m ? (m.ReplyCount, m.Rev) : default);
    }

    [Theory]
    [InlineData(4L, null)]
    [InlineData(0L, null)]
    [InlineData(long.MinValue, null)]
    [InlineData(null, 4L)]
    [InlineData(null, -1L)]
    [InlineData(null, 2L)]
    public async Task What_is_not_there_or_in_a_thread_itself_is_not_answered(long? replyTo, long? threadRoot)
    {
        using var sender = await Person.RegisterAsync(chat, "sender");
        var group = await sender.CreateGroupAsync();
        await sender.Client.SendAsync(group.Id);
        await AnswerAsync(sender.Client, group.Id, root: 1);
        var before = await sender.Client.ConversationAsync(group.Id);

        using var answer = await sender.Client.TrySendAsync(
            group.Id, new SendMessageRequest(Guid.NewGuid(), "x", ReplyTo: replyTo, ThreadRoot: threadRoot));

        await Problem.ReadAsync(answer, HttpStatusCode.UnprocessableEntity, "no-such-message");
        Assert.Equal(before.LastRev, (await sender.Client.ConversationAsync(group.Id)).LastRev);
    }

    [Fact]
    public async Task A_message_that_nobody_answered_has_an_empty_thread_and_bad_pages_are_refused()
    {
        using var sender = await Person.RegisterAsync(chat, "sender");
        var group = await sender.CreateGroupAsync();
        await sender.Client.SendAsync(group.Id);

        Assert.Empty((await sender.Client.ThreadAsync(group.Id, 1)).Items);
        foreach (var (query, status) in new[] { ("1/thread?after=-1", 400), ("1/thread?limit=101", 400), ("2/thread", 404) })
        {
            using var answer = await sender.Client.GetAsync($"/api/conversations/{group.Id}/messages/{query}");
            Assert.Equal(status, (int)answer.StatusCode);
        }
    }

    private static Task<Message> AnswerAsync(HttpClient client, Guid conversation, long root) =>
        client.SendAsync(conversation, new SendMessageRequest(Guid.NewGuid(), "in the thread", ThreadRoot: root));

    /// <summary>How many revs the conversation's stream has, and the greatest.</summary>
    private async Task<(long Count, long Greatest)> RevsAsync(Guid conversation)
    {
        await using var database = await chat.OwnerAsync();
        await using var command = database.CreateCommand($"select count(distinct rev), max(rev) from changes where conversation_id = '{conversation}'");
        await using var reader = await command.ExecuteReaderAsync();
        await reader.ReadAsync();
        return (reader.GetInt64(0), reader.GetInt64(1));
    }
}
