using Chat.Contracts.Messages;
using Chat.Tests.Support;

namespace Chat.Tests.Api.Messages;

[Collection(ChatCollection.Name)]
public sealed class MentionTests(ChatApplication chat)
{
    [Fact]
    public async Task Mentions_of_me_and_of_everyone_are_counted_until_read()
    {
        using var sender = await Person.RegisterAsync(chat, "sender");
        using var ann = await Person.RegisterAsync(chat, "ann", service: "api2");
        using var ben = await Person.RegisterAsync(chat, "ben");
        var group = await sender.CreateGroupAsync(ann, ben);

        var first = await SendAsync(sender, group.Id, [ann.Id]);
        await SendAsync(sender, group.Id, [ann.Id, ben.Id, ann.Id], everyone: true);
        await SendAsync(sender, group.Id, [], everyone: true);
        await SendAsync(sender, group.Id, []);

        Assert.Equal([ann.Id], first.Mentions!);
        Assert.Equal([(3, 4), (2, 4), (0, 0)], await Task.WhenAll(new[] { ann, ben, sender }.Select(p => CountsAsync(p, group.Id))));
        Assert.Equal(3, (await ann.Client.ConversationsAsync()).Items.Single(c => c.Id == group.Id).Me!.Mentions);
        var page = (await ben.Client.HistoryAsync(group.Id)).Items;
        Assert.Equal([false, true, true, false], page.Select(m => m.MentionsEveryone));
        Assert.Equal([1, 2, 0, 0], page.Select(m => m.Mentions?.Count ?? 0));

        await ann.Client.SendAsync(group.Id, "all read");
        await SendAsync(ben, group.Id, [ann.Id]);
        Assert.Equal((1, 1), await CountsAsync(ann, group.Id));
    }

    [Fact]
    public async Task Who_is_no_member_is_left_out()
    {
        using var sender = await Person.RegisterAsync(chat, "sender");
        using var outsider = await Person.RegisterAsync(chat, "outsider");
        using var removed = await Person.RegisterAsync(chat, "removed");
        var group = await sender.CreateGroupAsync(removed);
        await sender.Client.RemoveAsync(group.Id, removed.Id);

        var sent = await SendAsync(sender, group.Id, [outsider.Id, removed.Id, Guid.NewGuid(), Guid.Empty]);

        Assert.Equal((null, false), (sent.Mentions, sent.MentionsEveryone));
        Assert.Equal(0, await RowsAsync(group.Id));
    }

    [Fact]
    public async Task An_edit_changes_mentions_only_where_it_says_so_and_a_deletion_takes_them()
    {
        using var sender = await Person.RegisterAsync(chat, "sender");
        using var ann = await Person.RegisterAsync(chat, "ann", service: "api2");
        using var ben = await Person.RegisterAsync(chat, "ben");
        var group = await sender.CreateGroupAsync(ann, ben);
        var sent = await SendAsync(sender, group.Id, [ann.Id]);

        var text = await sender.Client.EditAsync(group.Id, 1, "new text");
        Assert.Equal((1, 0), ((await CountsAsync(ann, group.Id)).Mentions, (await CountsAsync(ben, group.Id)).Mentions));
        var moved = await sender.Client.EditAsync(group.Id, 1, new EditMessageRequest("new text", [ben.Id]));
        Assert.Equal((0, 1), ((await CountsAsync(ann, group.Id)).Mentions, (await CountsAsync(ben, group.Id)).Mentions));
        var same = await sender.Client.EditAsync(group.Id, 1, new EditMessageRequest("new text", [ben.Id, Guid.NewGuid()]));
        var all = await sender.Client.EditAsync(group.Id, 1, new EditMessageRequest("new text", MentionsEveryone: true));
        Assert.Equal((1, 1), ((await CountsAsync(ann, group.Id)).Mentions, (await CountsAsync(ben, group.Id)).Mentions));
        Assert.Equal(1, await RowsAsync(group.Id));

        Assert.Equal([1, 2, 2, 3], new[] { text, moved, same, all }.Select(m => m.Rev - sent.Rev));
        Assert.Equal(text.EditedAt, all.EditedAt);
        Assert.Single((await sender.Client.VersionsAsync(group.Id, 1)).Items);
        await sender.Client.DeleteMessageAsync(group.Id, 1);
        Assert.Equal(0, await RowsAsync(group.Id));
        Assert.False((await ann.Client.MessageAsync(group.Id, 1)).MentionsEveryone);
        Assert.Equal((0, 1), await CountsAsync(ann, group.Id));
    }

    [Fact]
    public async Task A_mention_sent_again_and_in_parallel_counts_once()
    {
        using var sender = await Person.RegisterAsync(chat, "sender");
        using var elsewhere = sender.At(chat, "api2");
        using var ann = await Person.RegisterAsync(chat, "ann");
        var group = await sender.CreateGroupAsync(ann);
        var message = new SendMessageRequest(Guid.NewGuid(), "hello", Mentions: [ann.Id], MentionsEveryone: true);

        var answers = await Task.WhenAll(Enumerable.Range(0, 30)
            .Select(n => (n % 2 == 0 ? sender.Client : elsewhere).SendAsync(group.Id, message)));

        Assert.All(answers, answer => Assert.Equal((1, 2, ann.Id), (answer.Seq, answer.Rev, Assert.Single(answer.Mentions!))));
        Assert.Equal((1, 1), await CountsAsync(ann, group.Id));
        Assert.Equal(2, await RowsAsync(group.Id));
    }

    private static Task<Message> SendAsync(Person sender, Guid conversation, Guid[] mentions, bool everyone = false) =>
        sender.Client.SendAsync(conversation, new SendMessageRequest(Guid.NewGuid(), "hello", Mentions: mentions, MentionsEveryone: everyone));

    private static async Task<(long Mentions, long Unread)> CountsAsync(Person person, Guid conversation)
    {
        var me = (await person.Client.ConversationAsync(conversation)).Me!;
        return (me.Mentions, me.Unread);
    }

    private async Task<long> RowsAsync(Guid conversation)
    {
        await using var database = await chat.OwnerAsync();
        await using var count = database.CreateCommand($"select count(*) from mentions where conversation_id = '{conversation}'");
        return (long)(await count.ExecuteScalarAsync())!;
    }
}
