using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using Chat.Contracts.Conversations;
using Chat.Contracts.Messages;
using Chat.Tests.Support;

namespace Chat.Tests.Api.Files;

/// <summary>From upload to download, over two replicas.</summary>
[Collection(ChatCollection.Name)]
public sealed class FileTests(ChatApplication chat)
{
    [Fact]
    public async Task A_file_is_sent_in_a_message_and_read_by_the_members_at_every_replica_and_by_nobody_else()
    {
        using var sender = await Person.RegisterAsync(chat, "sender");
        using var member = await Person.RegisterAsync(chat, "member", service: "api2");
        using var outsider = await Person.RegisterAsync(chat, "outsider");
        using var anybody = chat.Client("api2");
        var group = await sender.CreateGroupAsync(member);
        var bytes = Sharing.Bytes(300_000);

        var file = await sender.Client.UploadAsync(bytes, "notes.bin");
        var before = await member.Client.GetAsync($"/api/files/{file.Id}");
        await sender.Client.SendFileAsync(group.Id, file.Id);
        var shown = (await member.Client.HistoryAsync(group.Id)).Items.Single().Content!.File!;
        var known = await member.Client.FileAsync(file.Id);

        Assert.Equal((300_000, "notes.bin", Convert.ToHexStringLower(SHA256.HashData(bytes))), (file.Size, file.Name, file.Sha256));
        Assert.Equal(HttpStatusCode.NotFound, before.StatusCode);
        Assert.Equal(shown.Url, known.Url);
        Assert.Equal(bytes, await anybody.GetByteArrayAsync(shown.Url));
        using var refused = await outsider.Client.GetAsync($"/api/files/{file.Id}");
        await Problem.ReadAsync(refused, HttpStatusCode.NotFound, "not-found");
        await sender.Client.RemoveAsync(group.Id, member.Id);
        using var removed = await member.Client.GetAsync($"/api/files/{file.Id}");
        Assert.Equal(HttpStatusCode.NotFound, removed.StatusCode);
    }

    [Fact]
    public async Task Every_page_that_shows_the_message_has_the_same_link()
    {
        using var sender = await Person.RegisterAsync(chat, "sender");
        var group = await sender.CreateGroupAsync();
        var file = await sender.Client.UploadAsync(Sharing.Png, "a.png", "image/png");

        var sent = await sender.Client.SendFileAsync(group.Id, file.Id, MessageKind.Image);
        await sender.Client.PinAsync(group.Id, sent.Seq);

        string?[] links =
        [
            sent.Content!.File!.Url,
            (await sender.Client.MessageAsync(group.Id, sent.Seq)).Content!.File!.Url,
            (await sender.Client.PinsAsync(group.Id)).Items.Single().Content!.File!.Url,
            (await sender.Client.ChangesAsync(group.Id, group.ChangesToken!)).Messages.Single().Content!.File!.Url,
            (await sender.Client.FilesAsync(group.Id)).Items.Single().File.Url,
        ];
        Assert.All(links, link => Assert.Equal(file.Url, link));
    }

    [Fact]
    public async Task Parts_of_a_file_are_had_by_range_and_an_unchanged_one_not_at_all()
    {
        using var sender = await Person.RegisterAsync(chat, "sender");
        using var anybody = chat.Client();
        var bytes = Sharing.Bytes(10_000);
        var file = await sender.Client.UploadAsync(bytes);

        using var part = new HttpRequestMessage(HttpMethod.Get, file.Url) { Headers = { Range = new RangeHeaderValue(100, 199) } };
        using var partly = await anybody.SendAsync(part);
        using var again = new HttpRequestMessage(HttpMethod.Get, file.Url) { Headers = { IfNoneMatch = { partly.Headers.ETag! } } };
        using var unchanged = await anybody.SendAsync(again);
        using var beyond = new HttpRequestMessage(HttpMethod.Get, file.Url) { Headers = { Range = new RangeHeaderValue(10_000, null) } };
        using var outside = await anybody.SendAsync(beyond);

        Assert.Equal((HttpStatusCode.PartialContent, $"\"{file.Sha256}\""), (partly.StatusCode, partly.Headers.ETag!.Tag));
        Assert.Equal(bytes[100..200], await partly.Content.ReadAsByteArrayAsync());
        Assert.Equal(HttpStatusCode.NotModified, unchanged.StatusCode);
        Assert.Equal(HttpStatusCode.RequestedRangeNotSatisfiable, outside.StatusCode);
        var cache = unchanged.Headers.CacheControl!;
        Assert.True(cache.Private && cache.MaxAge > TimeSpan.FromMinutes(59) && cache.Extensions.Any(e => e.Name == "immutable"));
    }

    [Theory]
    [InlineData("page.html", "text/html", "<script>alert(1)</script>", "text/html")]
    [InlineData("picture.svg", "image/svg+xml", "<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", "application/octet-stream")]
    [InlineData("picture.png", "image/png", "<html><script>alert(1)</script></html>", "application/octet-stream")]
    [InlineData("odd", "not a type", "x", "application/octet-stream")]
    public async Task What_is_not_known_to_be_harmless_is_saved_and_never_shown(string name, string type, string text, string stored)
    {
        using var sender = await Person.RegisterAsync(chat, "sender");
        using var anybody = chat.Client();
        var upload = await sender.Client.BeginUploadAsync(text.Length, Sharing.Metadata(("filename", name), ("filetype", type)));
        await sender.Client.AppendAsync(upload, 0, System.Text.Encoding.UTF8.GetBytes(text));
        var file = await sender.Client.FileAsync(Sharing.Id(upload));

        using var answer = await anybody.GetAsync(file.Url);

        Assert.Equal((stored, stored), (file.MediaType, answer.Content.Headers.ContentType!.MediaType));
        Assert.Equal("attachment", answer.Content.Headers.ContentDisposition!.DispositionType);
        Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Equal("default-src 'none'; sandbox", answer.Headers.GetValues("Content-Security-Policy").Single());
    }

    [Fact]
    public async Task A_picture_is_shown_with_the_size_that_it_has_whatever_the_uploader_says()
    {
        using var sender = await Person.RegisterAsync(chat, "sender");
        using var anybody = chat.Client();

        var file = await sender.Client.UploadAsync(Sharing.Png, "dot.png", "text/plain", ("width", "640"), ("height", "480"));
        using var answer = await anybody.GetAsync(file.Url);

        Assert.Equal(("image/png", 1, 1), (file.MediaType, file.Width, file.Height));
        Assert.Equal("inline", answer.Content.Headers.ContentDisposition!.DispositionType);
    }

    [Fact]
    public async Task An_encrypted_file_is_not_looked_at_and_is_carried_by_an_encrypted_message()
    {
        using var sender = await Person.RegisterAsync(chat, "sender");
        using var member = await Person.RegisterAsync(chat, "member");
        var group = await sender.CreateGroupAsync(member);

        var file = await sender.Client.UploadAsync(Sharing.Png, "x", "image/png", ("encrypted", "true"), ("metadata", """{"iv":"abc"}"""));
        var plain = await sender.Client.UploadAsync(Sharing.Png, "x", "image/png");
        var sent = await sender.Client.SendAsync(group.Id, Encrypted(file.Id));
        using var refused = await sender.Client.TrySendAsync(group.Id, Encrypted(plain.Id));

        Assert.Equal(("application/octet-stream", true), (file.MediaType, file.Encrypted));
        Assert.Equal((file.Id, "AAAA"), (sent.Content!.File!.Id, sent.Content.Encrypted!.Ciphertext));
        Assert.Equal("""{"iv":"abc"}""", (await member.Client.FileAsync(file.Id)).Metadata);
        await Problem.ReadAsync(refused, HttpStatusCode.UnprocessableEntity, "no-such-file");

        static SendMessageRequest Encrypted(Guid file) =>
            new(Guid.NewGuid(), Kind: MessageKind.Encrypted, Ciphertext: "AAAA", Metadata: "{}", FileId: file);
    }

    [Fact]
    public async Task A_list_of_files_pages_by_kind_without_what_the_reader_has_hidden()
    {
        using var sender = await Person.RegisterAsync(chat, "sender");
        using var member = await Person.RegisterAsync(chat, "member", service: "api2");
        using var outsider = await Person.RegisterAsync(chat, "outsider");
        var group = await sender.CreateGroupAsync(member);
        var picture = await sender.Client.UploadAsync(Sharing.Png, "a.png", "image/png");
        for (var n = 0; n < 5; n++)
        {
            await sender.Client.SendFileAsync(group.Id, picture.Id, n % 2 == 0 ? MessageKind.Image : MessageKind.File);
            await sender.Client.SendAsync(group.Id);
        }

        await member.Client.DeleteMessageAsync(group.Id, 5, "?for=me");
        var first = await sender.Client.FilesAsync(group.Id, "?kind=image&limit=2");
        var second = await sender.Client.FilesAsync(group.Id, $"?kind=image&limit=2&before={first.Next}");

        Assert.Equal([9, 5], first.Items.Select(item => item.Seq));
        Assert.Equal([1], second.Items.Select(item => item.Seq));
        Assert.Null(second.Next);
        Assert.Equal([9, 7, 3, 1], (await member.Client.FilesAsync(group.Id)).Items.Select(item => item.Seq));
        Assert.All(first.Items, item => Assert.Equal((MessageKind.Image, sender.Id, picture.Id), (item.Kind, item.SenderId, item.File.Id)));
        using var hidden = await outsider.Client.GetAsync($"/api/conversations/{group.Id}/files");
        await Problem.ReadAsync(hidden, HttpStatusCode.NotFound, "not-found");
        using var wrong = await sender.Client.GetAsync($"/api/conversations/{group.Id}/files?kind=text");
        await Problem.ReadAsync(wrong, HttpStatusCode.BadRequest, "invalid-request");
    }

    [Fact]
    public async Task A_file_is_removed_with_the_last_message_that_carries_it_also_a_forwarded_one()
    {
        using var sender = await Person.RegisterAsync(chat, "sender");
        using var anybody = chat.Client("api2");
        var group = await sender.CreateGroupAsync();
        var other = await sender.CreateGroupAsync();
        var file = await sender.Client.UploadAsync(Sharing.Bytes(1000));
        await sender.Client.SendFileAsync(group.Id, file.Id);
        await sender.Client.SendAsync(other.Id, new SendMessageRequest(Guid.NewGuid(), ForwardOf: new MessageReference(group.Id, 1)));
        var path = Path.Combine(chat.DataDirectory, "files", "files", file.Id.ToString("N")[^2..], file.Id.ToString("N"));
        Assert.True(File.Exists(path));

        await sender.Client.DeleteMessageAsync(group.Id, 1);
        await LookedAtAsync(file.Id);
        var kept = await anybody.GetAsync(file.Url);
        await sender.Client.DeleteMessageAsync(other.Id, 1);
        await Eventually.HoldsAsync("the bytes are gone", ChatApplication.Patience, () => Task.FromResult(!File.Exists(path)));

        Assert.Equal(HttpStatusCode.OK, kept.StatusCode);
        using var gone = await anybody.GetAsync(file.Url);
        Assert.Equal(HttpStatusCode.NotFound, gone.StatusCode);
        using var again = await sender.Client.TrySendAsync(group.Id, new SendMessageRequest(Guid.NewGuid(), Kind: MessageKind.File, FileId: file.Id));
        await Problem.ReadAsync(again, HttpStatusCode.UnprocessableEntity, "no-such-file");
    }

    [Fact]
    public async Task The_picture_of_a_conversation_is_had_by_its_members_and_goes_when_another_takes_its_place_or_the_conversation_ends()
    {
        using var owner = await Person.RegisterAsync(chat, "owner");
        using var member = await Person.RegisterAsync(chat, "member");
        using var outsider = await Person.RegisterAsync(chat, "outsider");
        var group = await owner.CreateGroupAsync(member);
        var (first, second) = (await owner.Client.UploadAsync(Sharing.Png, "a.png", "image/png"), await owner.Client.UploadAsync(Sharing.Png, "b.png", "image/png"));
        await owner.Client.ChangeAsync(group.Id, new ChangeConversationRequest(PictureId: first.Id));
        var sent = await owner.Client.SendFileAsync(group.Id, first.Id, MessageKind.Image);

        await owner.Client.DeleteMessageAsync(group.Id, sent.Seq);
        await LookedAtAsync(first.Id);
        var shown = await member.Client.FileAsync(first.Id);
        using var hidden = await outsider.Client.GetAsync($"/api/files/{first.Id}");
        await owner.Client.ChangeAsync(group.Id, new ChangeConversationRequest(PictureId: second.Id));
        await GoneAsync(first.Id);
        var kept = await member.Client.FileAsync(second.Id);
        await owner.Client.DeleteConversationAsync(group.Id);
        await GoneAsync(second.Id);

        Assert.Equal((first.Id, second.Id), (shown.Id, kept.Id));
        Assert.Equal(HttpStatusCode.NotFound, hidden.StatusCode);
    }

    [Fact]
    public async Task A_file_goes_with_the_conversation_that_is_deleted()
    {
        using var owner = await Person.RegisterAsync(chat, "owner");
        var group = await owner.CreateGroupAsync();
        var file = await owner.Client.UploadAsync(Sharing.Bytes(1000));
        await owner.Client.SendFileAsync(group.Id, file.Id);

        await owner.Client.DeleteConversationAsync(group.Id);

        await GoneAsync(file.Id);
    }

    private Task LookedAtAsync(Guid file) => Eventually.HoldsAsync("the worker has looked", ChatApplication.Patience, async () =>
        await chat.ReadAsync<long>($"select count(*) from file_checks where file_id = '{file}' and due_at < now()") == 0);

    private Task GoneAsync(Guid file) => Eventually.HoldsAsync("the file is gone", ChatApplication.Patience, async () =>
        await chat.ReadAsync<long>($"select count(*) from files where id = '{file}'") == 0);
}
