using System.Net;
using Chat.Contracts.Conversations;
using Chat.Contracts.Messages;
using Chat.Tests.Support;

namespace Chat.Tests.Api.Conversations;

/// <summary>What happens in a conversation stands in its stream, as messages that the server writes.</summary>
[Collection(ChatCollection.Name)]
public sealed class SystemMessageTests(ChatApplication chat)
{
    [Fact]
    public async Task Every_change_is_a_message_and_a_change_of_the_conversation_with_revs_in_a_row()
    {
        using var owner = await Person.RegisterAsync(chat, "owner");
        using var member = await Person.RegisterAsync(chat, "member");
        using var joiner = await Person.RegisterAsync(chat, "joiner");
        using var invited = await Person.RegisterAsync(chat, "invited");
        var channel = await owner.CreateChannelAsync();
        await using var hears = await Listener.ConnectAsync(chat, "realtime", owner.SignIn.AccessToken);

        await owner.Client.AddAsync(channel.Id, member.Id);
        await owner.Client.ChangeRoleAsync(channel.Id, member.Id, MemberRole.Admin);
        await owner.Client.ChangeAsync(channel.Id, new ChangeConversationRequest("Engines", "What turns"));
        await joiner.Client.JoinAsync(channel.Id);
        await invited.Client.UseAsync((await owner.Client.InviteAsync(channel.Id)).Token);
        await owner.Client.RemoveAsync(channel.Id, joiner.Id);
        await invited.Client.RemoveAsync(channel.Id, invited.Id);

        var history = (await owner.Client.HistoryAsync(channel.Id)).Items;
        SystemContent[] expected =
        [
            new(SystemEvent.MembersAdded, [member.Id]),
            new(SystemEvent.RoleChanged, [member.Id], MemberRole.Admin),
            new(SystemEvent.DetailsChanged, Details: ["title", "description"], Title: "Engines"),
            new(SystemEvent.MemberJoined),
            new(SystemEvent.MemberJoined, ByInvite: true),
            new(SystemEvent.MemberRemoved, [joiner.Id]),
            new(SystemEvent.MemberLeft),
        ];
        Assert.Equivalent(expected, history.Select(m => m.Content!.System), strict: true);
        Assert.All(history, m => Assert.Equal((MessageKind.System, false), (m.Kind, m.Text.Length == 0)));
        Assert.Equal([owner.Id, owner.Id, owner.Id, joiner.Id, invited.Id, owner.Id, invited.Id], history.Select(m => m.SenderId));
        Assert.Equal(Enumerable.Range(1, 7).Select(n => ((long)n, 1L + (2 * n))), history.Select(m => (m.Seq, m.Rev)));
        await hears.HearsAsync(channel.Id, 15);
        await Eventually.HoldsAsync("every rev is heard of", ChatApplication.Patience, () =>
            Task.FromResult(hears.Revs(channel.Id).Order().SequenceEqual(Enumerable.Range(2, 14).Select(n => (long)n))));
        var types = hears.Events.Where(e => e.TryGetProperty("rev", out _)).OrderBy(e => e.GetProperty("rev").GetInt64()).Select(e => e.GetProperty("type").GetString());
        Assert.Equal(
            ["memberAdded", "conversationChanged", "conversationChanged", "memberAdded", "memberAdded", "memberRemoved", "memberRemoved"],
            types.Where(type => type != "messageSent"));
    }

    [Fact]
    public async Task It_is_unread_to_the_others_and_to_who_did_it_only_where_they_had_not_read_what_came_before()
    {
        using var owner = await Person.RegisterAsync(chat, "owner");
        using var member = await Person.RegisterAsync(chat, "member");
        using var added = await Person.RegisterAsync(chat, "added");
        var group = await owner.CreateGroupAsync(member);
        await owner.Client.SendAsync(group.Id);

        await owner.Client.AddAsync(group.Id, added.Id);
        Assert.Equal((long[])[0, 2, 1], await UnreadAsync());

        await member.Client.SendAsync(group.Id);
        await owner.Client.ChangeAsync(group.Id, new ChangeConversationRequest("Renamed"));
        Assert.Equal((long[])[2, 1, 3], await UnreadAsync());

        async Task<long[]> UnreadAsync() => await Task.WhenAll(new[] { owner, member, added }.Select(async person =>
            (await person.Client.ConversationAsync(group.Id)).Me!.Unread));
    }

    [Fact]
    public async Task Who_joins_a_long_history_has_nothing_unread_and_may_read_all_of_it()
    {
        using var owner = await Person.RegisterAsync(chat, "owner");
        using var joiner = await Person.RegisterAsync(chat, "joiner");
        var channel = await owner.CreateChannelAsync();
        await owner.Client.SendAsync(channel.Id, new SendMessageRequest(Guid.NewGuid(), "@everyone", MentionsEveryone: true));

        var joined = await joiner.Client.JoinAsync(channel.Id);

        Assert.Equal((2, 2, 0, 0), (joined.LastSeq, joined.Me!.ReadSeq, joined.Me.Unread, joined.Me.Mentions));
        Assert.Equal(2, (await joiner.Client.HistoryAsync(channel.Id)).Items.Count);
    }

    [Fact]
    public async Task Nobody_sends_edits_deletes_or_forwards_one()
    {
        using var owner = await Person.RegisterAsync(chat, "owner");
        using var member = await Person.RegisterAsync(chat, "member");
        var group = await owner.CreateGroupAsync();
        await owner.Client.AddAsync(group.Id, member.Id);

        using var send = await owner.Client.TrySendAsync(group.Id, new SendMessageRequest(Guid.NewGuid(), "Bob left", MessageKind.System));
        using var edit = await owner.Client.TryEditAsync(group.Id, 1, "nothing happened");
        using var delete = await owner.Client.DeleteAsync(Conversing.Address(group.Id, 1));
        using var forward = await owner.Client.TrySendAsync(group.Id, new SendMessageRequest(Guid.NewGuid(), ForwardOf: new MessageReference(group.Id, 1)));

        await Problem.ReadAsync(send, HttpStatusCode.UnprocessableEntity, "kind-not-allowed");
        await Problem.ReadAsync(edit, HttpStatusCode.Conflict, "not-editable");
        await Problem.ReadAsync(delete, HttpStatusCode.Forbidden, "forbidden");
        await Problem.ReadAsync(forward, HttpStatusCode.UnprocessableEntity, "no-such-message");
        Assert.Equal(1, (await owner.Client.ConversationAsync(group.Id)).LastSeq);
    }
}
