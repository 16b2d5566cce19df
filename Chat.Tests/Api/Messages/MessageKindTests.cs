using System.Net;
using System.Text;
using Chat.Contracts.Messages;
using Chat.Tests.Support;

namespace Chat.Tests.Api.Messages;

[Collection(ChatCollection.Name)]
public sealed class MessageKindTests(ChatApplication chat)
{
    private static readonly string[] TwoOptions = ["yes", "no"];

    [Fact]
    public async Task Code_keeps_its_language_and_its_text_as_it_is()
    {
        using var sender = await Person.RegisterAsync(chat, "sender");
        var group = await sender.CreateGroupAsync();

        var named = await sender.Client.SendAsync(
            group.Id, new SendMessageRequest(Guid.NewGuid(), "\tif (a < b && c)\n", MessageKind.Code, "c#"));
        var unnamed = await sender.Client.SendAsync(group.Id, new SendMessageRequest(Guid.NewGuid(), "x = 1", MessageKind.Code));

        Assert.Equal((MessageKind.Code, "\tif (a < b && c)\n", "c#"), (named.Kind, named.Text, named.Content!.Language));
        Assert.Equal((MessageKind.Code, "x = 1", null), (unnamed.Kind, unnamed.Text, unnamed.Content));
        Assert.Equal([named, unnamed], (await sender.Client.HistoryAsync(group.Id)).Items);
        Assert.Equal("c#", (await sender.Client.EditAsync(group.Id, 1, "edited")).Content!.Language);
    }

    [Theory]
    [InlineData(MessageKind.Image, "image/png")]
    [InlineData(MessageKind.Voice, "audio/ogg")]
    [InlineData(MessageKind.File, "image/png")]
    [InlineData(MessageKind.File, "application/x-\"odd\"")]
    public async Task A_file_is_shown_as_it_was_uploaded_whatever_the_client_says(MessageKind kind, string mediaType)
    {
        using var sender = await Person.RegisterAsync(chat, "sender");
        var group = await sender.CreateGroupAsync();
        var file = await FileAsync(sender.Id, mediaType);
        var message = new SendMessageRequest(Guid.NewGuid(), Kind: kind, FileId: file);

        var sent = await sender.Client.SendAsync(group.Id, message);
        var captioned = await sender.Client.SendAsync(group.Id, message with { ClientId = Guid.NewGuid(), Text = "a caption" });
        var again = await sender.Client.SendAsync(group.Id, message);

        Assert.Equal(new FileContent(file, "日本.bin", mediaType, 123_456_789_012, 640, 480), sent.Content!.File! with { Url = null });
        Assert.Equal((kind, "", "a caption"), (sent.Kind, sent.Text, captioned.Text));
        Assert.Equal(sent, again);
        Assert.Equal("changed", (await sender.Client.EditAsync(group.Id, 2, "changed")).Text);
    }

    [Fact]
    public async Task A_file_of_somebody_else_of_nobody_or_of_another_kind_is_refused_alike()
    {
        using var sender = await Person.RegisterAsync(chat, "sender");
        using var other = await Person.RegisterAsync(chat, "other", service: "api2");
        var group = await sender.CreateGroupAsync(other);
        var (othersFile, sendersFile) = (await FileAsync(other.Id, "image/png"), await FileAsync(sender.Id, "text/html"));

        foreach (var file in new[] { othersFile, sendersFile, Guid.NewGuid(), Guid.Empty })
        {
            using var answer = await sender.Client.TrySendAsync(
                group.Id, new SendMessageRequest(Guid.NewGuid(), Kind: MessageKind.Image, FileId: file));
            await Problem.ReadAsync(answer, HttpStatusCode.UnprocessableEntity, "no-such-file");
        }

        Assert.Equal((0, 1), ((await sender.Client.ConversationAsync(group.Id)).LastSeq, (await sender.Client.ConversationAsync(group.Id)).LastRev));
    }

    [Fact]
    public async Task What_is_encrypted_is_handed_on_and_never_previewed_edited_or_forwarded()
    {
        using var sender = await Person.RegisterAsync(chat, "sender");
        var group = await sender.CreateGroupAsync();
        var longest = Convert.ToBase64String(new byte[MessageLimits.CiphertextMax]);

        var sent = await sender.Client.SendAsync(
            group.Id, new SendMessageRequest(Guid.NewGuid(), Kind: MessageKind.Encrypted, Ciphertext: longest, Metadata: """{"v":1}"""));

        Assert.Equal((MessageKind.Encrypted, ""), (sent.Kind, sent.Text));
        Assert.Equal(new EncryptedContent(longest, """{"v":1}"""), sent.Content!.Encrypted);
        var preview = (await sender.Client.ConversationAsync(group.Id)).LastMessage!;
        Assert.Equal((MessageKind.Encrypted, ""), (preview.Kind, preview.Text));
        using var edit = await sender.Client.TryEditAsync(group.Id, 1, "plain");
        await Problem.ReadAsync(edit, HttpStatusCode.Conflict, "not-editable");
        using var forward = await sender.Client.TrySendAsync(
            group.Id, new SendMessageRequest(Guid.NewGuid(), ForwardOf: new MessageReference(group.Id, 1)));
        await Problem.ReadAsync(forward, HttpStatusCode.UnprocessableEntity, "no-such-message");
        await sender.Client.DeleteMessageAsync(group.Id, 1);
        Assert.Null((await sender.Client.MessageAsync(group.Id, 1)).Content);
    }

    [Theory]
    [InlineData("system")]
    [InlineData("poll")]
    public async Task Kinds_that_are_not_sent_this_way_are_refused(string kind)
    {
        using var sender = await Person.RegisterAsync(chat, "sender");
        var group = await sender.CreateGroupAsync();

        using var content = new StringContent($$"""{"clientId":"{{Guid.NewGuid()}}","kind":"{{kind}}","text":"x"}""", Encoding.UTF8, "application/json");
        using var answer = await sender.Client.PostAsync($"/api/conversations/{group.Id}/messages", content);

        await Problem.ReadAsync(answer, HttpStatusCode.UnprocessableEntity, "kind-not-allowed");
        Assert.Equal(0, (await sender.Client.ConversationAsync(group.Id)).LastSeq);
    }

    [Fact]
    public async Task A_poll_is_a_message_stored_once_however_often_it_is_sent_and_not_edited()
    {
        using var sender = await Person.RegisterAsync(chat, "sender");
        using var elsewhere = sender.At(chat, "api2");
        var group = await sender.CreateGroupAsync();
        var closesAt = DateTimeOffset.UtcNow.AddDays(1);
        var poll = new SendPollRequest(Guid.NewGuid(), "Which?", TwoOptions, Multiple: true, Anonymous: true, closesAt);

        var answers = await Task.WhenAll(Enumerable.Range(0, 10)
            .Select(n => (n % 2 == 0 ? sender.Client : elsewhere).SendPollAsync(group.Id, poll)));

        var stored = Assert.Single((await sender.Client.HistoryAsync(group.Id)).Items);
        Assert.All(answers, answer => Assert.Equal((1, 2), (answer.Seq, answer.Rev)));
        Assert.Equal((MessageKind.Poll, "Which?"), (stored.Kind, stored.Text));
        Assert.Equal((true, true, closesAt), (stored.Content!.Poll!.Multiple, stored.Content.Poll.Anonymous, stored.Content.Poll.ClosesAt));
        Assert.Equal(TwoOptions, stored.Content.Poll.Options);
        using var edit = await sender.Client.TryEditAsync(group.Id, 1, "Another question?");
        await Problem.ReadAsync(edit, HttpStatusCode.Conflict, "not-editable");
    }

    public static TheoryData<string> BadPolls => new()
    {
        """ "question":"","options":["a","b"] """,
        $$""" "question":"{{new string('x', 301)}}","options":["a","b"] """,
        """ "question":"?","options":["a"] """,
        """ "question":"?","options":["a","a"] """,
        """ "question":"?","options":["a"," "] """,
        """ "question":"?","options":["a",null] """,
        """ "question":"?","options":["a","two\nlines"] """,
        $$""" "question":"?","options":["a","{{new string('x', 101)}}"] """,
        $$""" "question":"?","options":[{{string.Join(',', Enumerable.Range(0, 21).Select(n => $"\"{n}\""))}}] """,
        """ "question":"?","options":["a","b"],"closesAt":"2020-01-01T00:00:00Z" """,
    };

    [Theory]
    [MemberData(nameof(BadPolls))]
    public async Task A_bad_poll_is_refused_with_a_reason_and_not_stored(string fields)
    {
        using var sender = await Person.RegisterAsync(chat, "sender");
        var group = await sender.CreateGroupAsync();

        using var content = new StringContent($$"""{"clientId":"{{Guid.NewGuid()}}",{{fields}}}""", Encoding.UTF8, "application/json");
        using var answer = await sender.Client.PostAsync($"/api/conversations/{group.Id}/polls", content);

        await Problem.ReadAsync(answer, HttpStatusCode.BadRequest, "invalid-request");
        Assert.Equal(0, (await sender.Client.ConversationAsync(group.Id)).LastSeq);
    }

    private async Task<Guid> FileAsync(Guid owner, string mediaType)
    {
        var id = Guid.CreateVersion7();
        await using var database = await chat.OwnerAsync();
        await using var insert = database.CreateCommand($"""
            insert into files (id, owner_id, name, media_type, size, width, height)
            values ('{id}', '{owner}', '日本.bin', '{mediaType}', 123456789012, 640, 480)
            """);
        await insert.ExecuteNonQueryAsync();
        return id;
    }
}
