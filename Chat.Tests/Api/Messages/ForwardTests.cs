using System.Net;
using System.Text.Json;
using Chat.Contracts.Messages;
using Chat.Tests.Support;

namespace Chat.Tests.Api.Messages;

[Collection(ChatCollection.Name)]
public sealed class ForwardTests(ChatApplication chat)
{
    [Fact]
    public async Task A_forwarded_message_is_a_copy_that_does_not_say_from_where()
    {
        using var sender = await Person.RegisterAsync(chat, "sender");
        using var reader = await Person.RegisterAsync(chat, "reader", service: "api2");
        var (source, target) = (await sender.CreateGroupAsync(), await sender.CreateGroupAsync(reader));
        await sender.Client.SendAsync(source.Id, new SendMessageRequest(
            Guid.NewGuid(), "x = 1", MessageKind.Code, "python", Mentions: [sender.Id], MentionsEveryone: true));
        var forward = new SendMessageRequest(Guid.NewGuid(), ForwardOf: new MessageReference(source.Id, 1));

        var sent = await sender.Client.SendAsync(target.Id, forward);
        var again = await sender.Client.SendAsync(target.Id, forward);

        Assert.Equal((MessageKind.Code, "x = 1", "python", true), (sent.Kind, sent.Text, sent.Content!.Language, sent.Forwarded));
        Assert.Equal((null, false, 1), (sent.Mentions, sent.MentionsEveryone, sent.Seq));
        Assert.Equal(sent, again);
        var page = await reader.Client.GetStringAsync($"/api/conversations/{target.Id}/messages");
        Assert.DoesNotContain($"{source.Id}", page, StringComparison.Ordinal);
        Assert.True(JsonDocument.Parse(page).RootElement.GetProperty("items")[0].GetProperty("forwarded").GetBoolean());
        Assert.Equal("x = 1", (await reader.Client.ConversationAsync(target.Id)).LastMessage!.Text);

        using var edit = await sender.Client.TryEditAsync(target.Id, 1, "x = 2");
        await Problem.ReadAsync(edit, HttpStatusCode.Conflict, "not-editable");
        await sender.Client.DeleteMessageAsync(source.Id, 1);
        Assert.Equal(sent, await reader.Client.MessageAsync(target.Id, 1));
    }

    [Fact]
    public async Task What_one_may_not_read_is_not_forwarded_nor_what_is_deleted()
    {
        using var sender = await Person.RegisterAsync(chat, "sender");
        using var other = await Person.RegisterAsync(chat, "other", service: "api2");
        var (others, left, own) = (await other.CreateGroupAsync(), await other.CreateGroupAsync(sender), await sender.CreateGroupAsync());
        await other.Client.SendAsync(others.Id, "a secret");
        await other.Client.SendAsync(left.Id, "another secret");
        await sender.Client.RemoveAsync(left.Id, sender.Id);
        await sender.Client.SendAsync(own.Id, "deleted");
        await sender.Client.DeleteMessageAsync(own.Id, 1);
        var before = await sender.Client.ConversationAsync(own.Id);

        MessageReference[] sources = [new(others.Id, 1), new(left.Id, 1), new(own.Id, 1), new(own.Id, 2), new(Guid.NewGuid(), 1), new(own.Id, -1)];
        var problems = new List<Problem>();
        foreach (var source in sources)
        {
            using var answer = await sender.Client.TrySendAsync(own.Id, new SendMessageRequest(Guid.NewGuid(), ForwardOf: source));
            problems.Add(await Problem.ReadAsync(answer, HttpStatusCode.UnprocessableEntity, "no-such-message"));
        }

        Assert.All(problems, problem => Assert.Equal(problems[0] with { TraceId = problem.TraceId }, problem));
        Assert.Equal(before.LastRev, (await sender.Client.ConversationAsync(own.Id)).LastRev);
    }
}
