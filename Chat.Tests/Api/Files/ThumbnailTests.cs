using System.Buffers.Binary;
using System.Net;
using Chat.Contracts;
using Chat.Contracts.Files;
using Chat.Tests.Support;

namespace Chat.Tests.Api.Files;

[Collection(ChatCollection.Name)]
public sealed class ThumbnailTests(ChatApplication chat)
{
    [Fact]
    public async Task A_thumbnail_is_shown_with_the_message_had_by_its_own_link_and_goes_with_the_file()
    {
        using var sender = await Person.RegisterAsync(chat, "sender");
        using var member = await Person.RegisterAsync(chat, "member", service: "api2");
        using var anybody = chat.Client("api2");
        var group = await sender.CreateGroupAsync(member);
        var file = await sender.Client.UploadAsync(Sharing.Bytes(1000), "film.bin");

        var given = await GiveAsync(sender.Client, file.Id, Sharing.Png);
        var sent = await sender.Client.SendFileAsync(group.Id, file.Id);
        var shown = (await member.Client.HistoryAsync(group.Id)).Items.Single().Content!.File!.Thumbnail!;
        var listed = (await member.Client.FilesAsync(group.Id)).Items.Single().File.Thumbnail;
        using var answer = await anybody.GetAsync(shown.Url);

        Assert.Equal(("image/png", 1, 1), (shown.MediaType, shown.Width, shown.Height));
        Assert.Equal((shown, shown, shown), (listed, given.Thumbnail, sent.Content!.File!.Thumbnail));
        Assert.Equal(Sharing.Png, await answer.Content.ReadAsByteArrayAsync());
        Assert.Equal(("image/png", "inline"), (answer.Content.Headers.ContentType!.MediaType, answer.Content.Headers.ContentDisposition!.DispositionType));
        await sender.Client.DeleteMessageAsync(group.Id, sent.Seq);
        var path = Path.Combine(chat.DataDirectory, "files", "files", $"{shown.Id:N}"[^2..], $"{shown.Id:N}");
        await Eventually.HoldsAsync("its bytes are gone", ChatApplication.Patience, () => Task.FromResult(!File.Exists(path)));
        using var gone = await anybody.GetAsync(shown.Url);
        Assert.Equal(HttpStatusCode.NotFound, gone.StatusCode);
    }

    [Fact]
    public async Task What_is_no_small_picture_is_refused_and_so_is_a_second_one_and_anothers()
    {
        using var sender = await Person.RegisterAsync(chat, "sender");
        using var other = await Person.RegisterAsync(chat, "other");
        var file = await sender.Client.UploadAsync([1]);
        var wide = Sharing.Png.ToArray();
        BinaryPrimitives.WriteInt32BigEndian(wide.AsSpan(16), 641);

        foreach (var wrong in (byte[][])[[], "<svg xmlns='http://www.w3.org/2000/svg'/>"u8.ToArray(), "GIF89a\u0001\u0000\u0001\u0000"u8.ToArray(), Sharing.Png[..20], wide])
        {
            using var refused = await PutAsync(sender.Client, file.Id, wrong);
            await Problem.ReadAsync(refused, HttpStatusCode.BadRequest, "invalid-request");
        }

        using var large = await PutAsync(sender.Client, file.Id, [.. Sharing.Png, .. new byte[FileLimits.ThumbnailBytesMax]]);
        await Problem.ReadAsync(large, HttpStatusCode.RequestEntityTooLarge, "body-too-large");
        using var foreign = await PutAsync(other.Client, file.Id, Sharing.Png);
        await Problem.ReadAsync(foreign, HttpStatusCode.NotFound, "not-found");
        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => PutAsync(sender.Client, file.Id, Sharing.Png)));

        Assert.Equal(1, answers.Count(answer => answer.StatusCode == HttpStatusCode.OK));
        foreach (var late in answers.Where(answer => answer.StatusCode != HttpStatusCode.OK))
        {
            await Problem.ReadAsync(late, HttpStatusCode.Conflict, "thumbnail-exists");
        }
    }

    [Fact]
    public async Task An_encrypted_files_thumbnail_is_not_looked_at_either()
    {
        using var sender = await Person.RegisterAsync(chat, "sender");
        using var anybody = chat.Client();
        var file = await sender.Client.UploadAsync([1], fields: [("encrypted", "true"), ("metadata", "{}")]);
        var opaque = Sharing.Bytes(100);

        var thumbnail = (await GiveAsync(sender.Client, file.Id, opaque)).Thumbnail!;
        using var answer = await anybody.GetAsync(thumbnail.Url);

        Assert.Equal(("application/octet-stream", null), (thumbnail.MediaType, thumbnail.Width));
        Assert.Equal(opaque, await answer.Content.ReadAsByteArrayAsync());
        Assert.Equal("attachment", answer.Content.Headers.ContentDisposition!.DispositionType);
    }

    private static Task<HttpResponseMessage> PutAsync(HttpClient client, Guid file, byte[] bytes) =>
        client.PutAsync($"/api/files/{file}/thumbnail", new ByteArrayContent(bytes));

    private static Task<StoredFile> GiveAsync(HttpClient client, Guid file, byte[] bytes) =>
        Conversing.ReadAsync(PutAsync(client, file, bytes), HttpStatusCode.OK, ContractsJson.Default.StoredFile);
}
