using System.Net;
using Chat.Contracts.Messages;
using Chat.Tests.Support;

namespace Chat.Tests.Api.Messages;

[Collection(ChatCollection.Name)]
public sealed class DeleteMessageTests(ChatApplication chat)
{
    [Fact]
    public async Task A_deleted_message_keeps_its_seq_and_nothing_else_of_what_it_was()
    {
        using var sender = await Person.RegisterAsync(chat, "sender");
        using var reader = await Person.RegisterAsync(chat, "reader", service: "api2");
        var group = await sender.CreateGroupAsync(reader);
        await sender.Client.SendAsync(group.Id, "a secret");
        await sender.Client.EditAsync(group.Id, 1, "a secret, edited");
        await reader.Client.PinAsync(group.Id, 1);
        using (var reaction = await reader.Client.PutAsync(Conversing.Reaction(group.Id, 1, "👍"), content: null))
        {
            Assert.Equal(HttpStatusCode.NoContent, reaction.StatusCode);
        }

        await Eventually.HoldsAsync("the reaction is counted", ChatApplication.Patience, async () =>
            (await reader.Client.MessageAsync(group.Id, 1)).Reactions is not null);
        var known = (await reader.Client.ConversationAsync(group.Id)).ChangesToken!;
        await using var listener = await Listener.ConnectAsync(chat, "realtime", reader.SignIn.AccessToken);

        await sender.Client.DeleteMessageAsync(group.Id, 1);
        await sender.Client.DeleteMessageAsync(group.Id, 1);

        var left = Assert.Single((await reader.Client.ChangesAsync(group.Id, known)).Messages);
        Assert.Equal((1, "", MessageKind.Text, sender.Id), (left.Seq, left.Text, left.Kind, left.SenderId));
        Assert.NotNull(left.DeletedAt);
        Assert.Equal((null, null), (left.PinnedAt, left.Reactions));
        var heard = await listener.HearsAsync(group.Id, left.Rev);
        Assert.Equal("messageChanged", heard.GetProperty("type").GetString());
        Assert.True(heard.GetProperty("message").TryGetProperty("deletedAt", out _));
        Assert.Equal((left.Rev, 1, ""), await HeadAsync(reader, group.Id));
        Assert.Empty((await reader.Client.PinsAsync(group.Id)).Items);
        Assert.Empty((await reader.Client.VersionsAsync(group.Id, 1)).Items);
        Assert.Equal(0, await RowsAsync("reactions", group.Id));
        Assert.Equal(left, Assert.Single((await sender.Client.HistoryAsync(group.Id)).Items));
    }

    [Fact]
    public async Task Owners_delete_others_messages_and_members_only_their_own()
    {
        using var owner = await Person.RegisterAsync(chat, "owner");
        using var member = await Person.RegisterAsync(chat, "member", service: "api2");
        var group = await owner.CreateGroupAsync(member);
        await owner.Client.SendAsync(group.Id, "the owner's");
        await member.Client.SendAsync(group.Id, "the member's");

        using var refused = await member.Client.DeleteAsync(Conversing.Address(group.Id, 1));
        await owner.Client.DeleteMessageAsync(group.Id, 2);

        await Problem.ReadAsync(refused, HttpStatusCode.Forbidden, "forbidden");
        Assert.Equal(["the owner's", ""], (await member.Client.HistoryAsync(group.Id)).Items.Select(m => m.Text));
    }

    [Fact]
    public async Task A_deleted_message_is_not_edited_or_pinned_and_may_be_deleted_and_unpinned_again()
    {
        using var sender = await Person.RegisterAsync(chat, "sender");
        var group = await sender.CreateGroupAsync();
        var clientId = Guid.NewGuid();
        await sender.Client.SendAsync(group.Id, "gone", clientId);
        await sender.Client.DeleteMessageAsync(group.Id, 1);
        var deleted = await sender.Client.MessageAsync(group.Id, 1);

        using var edit = await sender.Client.TryEditAsync(group.Id, 1, "back");
        using var pin = await sender.Client.PutAsync($"{Conversing.Address(group.Id, 1)}/pin", content: null);
        await sender.Client.UnpinAsync(group.Id, 1);
        await sender.Client.DeleteMessageAsync(group.Id, 1, "?for=everyone");

        await Problem.ReadAsync(edit, HttpStatusCode.Conflict, "message-deleted");
        await Problem.ReadAsync(pin, HttpStatusCode.Conflict, "message-deleted");
        Assert.Equal(deleted, await sender.Client.SendAsync(group.Id, "gone", clientId));
        Assert.Equal(deleted, await sender.Client.MessageAsync(group.Id, 1));
    }

    [Fact]
    public async Task Parallel_deletions_take_one_rev()
    {
        using var sender = await Person.RegisterAsync(chat, "sender");
        using var elsewhere = sender.At(chat, "api2");
        var group = await sender.CreateGroupAsync();
        var sent = await sender.Client.SendAsync(group.Id);

        await Task.WhenAll(Enumerable.Range(0, 20).Select(n => (n % 2 == 0 ? sender.Client : elsewhere).DeleteMessageAsync(group.Id, 1)));

        Assert.Equal(sent.Rev + 1, (await sender.Client.ConversationAsync(group.Id)).LastRev);
    }

    [Fact]
    public async Task What_somebody_deletes_for_themself_only_they_no_longer_see()
    {
        using var reader = await Person.RegisterAsync(chat, "reader");
        using var elsewhere = reader.At(chat, "api2");
        using var sender = await Person.RegisterAsync(chat, "sender");
        var group = await sender.CreateGroupAsync(reader);
        for (var n = 1; n <= 5; n++)
        {
            await sender.Client.SendAsync(group.Id, $"{n}");
        }

        await sender.Client.PinAsync(group.Id, 2);
        var before = (await sender.Client.ConversationAsync(group.Id)).LastRev;
        await Task.WhenAll(Enumerable.Range(0, 6).Select(n => (n % 2 == 0 ? reader.Client : elsewhere).DeleteMessageAsync(group.Id, 2, "?for=me")));

        Assert.Equal(["1", "3", "4"], (await reader.Client.HistoryAsync(group.Id, "?after=0&limit=3")).Items.Select(m => m.Text));
        Assert.Equal(["1", "3", "4", "5"], (await reader.Client.HistoryAsync(group.Id)).Items.Select(m => m.Text));
        Assert.Empty((await reader.Client.PinsAsync(group.Id)).Items);
        foreach (var path in new[] { "", "/history" })
        {
            using var hidden = await reader.Client.GetAsync(Conversing.Address(group.Id, 2) + path);
            await Problem.ReadAsync(hidden, HttpStatusCode.NotFound, "not-found");
        }

        Assert.Equal(5, (await sender.Client.HistoryAsync(group.Id)).Items.Count);
        Assert.Equal(before, (await sender.Client.ConversationAsync(group.Id)).LastRev);
        Assert.Equal(1, await RowsAsync("user_changes", group.Id, $"user_id = '{reader.Id}' and seq = 2"));
    }

    [Fact]
    public async Task For_whom_is_everyone_or_me()
    {
        using var sender = await Person.RegisterAsync(chat, "sender");
        var group = await sender.CreateGroupAsync();
        await sender.Client.SendAsync(group.Id, "still here");

        using var answer = await sender.Client.DeleteAsync($"{Conversing.Address(group.Id, 1)}?for=nobody");

        await Problem.ReadAsync(answer, HttpStatusCode.BadRequest, "invalid-request");
        Assert.Equal("still here", (await sender.Client.MessageAsync(group.Id, 1)).Text);
    }

    private static async Task<(long Rev, long Seq, string Preview)> HeadAsync(Person person, Guid conversation)
    {
        var head = await person.Client.ConversationAsync(conversation);
        return (head.LastRev, head.LastSeq, head.LastMessage!.Text);
    }

    private async Task<long> RowsAsync(string table, Guid conversation, string which = "true")
    {
        await using var database = await chat.OwnerAsync();
        await using var count = database.CreateCommand($"select count(*) from {table} where conversation_id = '{conversation}' and {which}");
        return (long)(await count.ExecuteScalarAsync())!;
    }
}
