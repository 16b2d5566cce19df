using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using Chat.Tests.Support;

namespace Chat.Tests.Api.Files;

/// <summary>tus 1.0.0, header by header.</summary>
[Collection(ChatCollection.Name)]
public sealed class UploadTests(ChatApplication chat)
{
    [Fact]
    public async Task An_upload_goes_on_at_another_replica_and_is_a_file_with_its_last_byte()
    {
        using var sender = await Person.RegisterAsync(chat, "sender");
        using var elsewhere = sender.At(chat, "api2");
        using var anybody = chat.Client();
        var bytes = Sharing.Bytes(100_000);

        var upload = await sender.Client.BeginUploadAsync(bytes.Length, Sharing.Metadata(("filename", "a.bin"), ("unknown", "x")));
        await sender.Client.AppendAsync(upload, 0, bytes[..40_000]);
        var offset = await elsewhere.OffsetAsync(upload);
        using var early = await sender.Client.GetAsync($"/api/files/{Sharing.Id(upload)}");
        await elsewhere.AppendAsync(upload, 40_000, bytes[40_000..]);
        var file = await sender.Client.FileAsync(Sharing.Id(upload));

        Assert.Equal((40_000, HttpStatusCode.NotFound), (offset, early.StatusCode));
        Assert.Equal(("a.bin", 100_000, Convert.ToHexStringLower(SHA256.HashData(bytes))), (file.Name, file.Size, file.Sha256));
        Assert.Equal(bytes, await anybody.GetByteArrayAsync(file.Url));
        Assert.Equal(100_000, await elsewhere.OffsetAsync(upload));
    }

    [Fact]
    public async Task The_first_part_may_come_with_the_creation_and_an_empty_file_is_a_file()
    {
        using var sender = await Person.RegisterAsync(chat, "sender");

        using var whole = await sender.Client.TusAsync(HttpMethod.Post, "/api/uploads", [("Upload-Length", "3")], Sharing.Part([1, 2, 3]));
        var empty = await sender.Client.BeginUploadAsync(0);

        Assert.Equal((HttpStatusCode.Created, 3), (whole.StatusCode, Sharing.Offset(whole)));
        Assert.Equal(3, (await sender.Client.FileAsync(Sharing.Id(whole.Headers.Location!.OriginalString))).Size);
        Assert.Equal(0, (await sender.Client.FileAsync(Sharing.Id(empty))).Size);
    }

    [Fact]
    public async Task What_is_spoken_here_is_told_to_anybody_and_must_be_spoken()
    {
        using var sender = await Person.RegisterAsync(chat, "sender");
        using var anybody = chat.Client();

        using var options = await anybody.SendAsync(new HttpRequestMessage(HttpMethod.Options, "/api/uploads"));
        using var silent = await sender.Client.PostAsync("/api/uploads", null);
        using var stranger = await anybody.TusAsync(HttpMethod.Post, "/api/uploads", [("Upload-Length", "1")]);

        Assert.Equal(("1.0.0", "104857600"), (options.Headers.GetValues("Tus-Version").Single(), options.Headers.GetValues("Tus-Max-Size").Single()));
        Assert.Equal("creation,creation-with-upload,expiration,checksum,termination", options.Headers.GetValues("Tus-Extension").Single());
        await Problem.ReadAsync(silent, HttpStatusCode.PreconditionFailed, "tus-version");
        Assert.Equal(HttpStatusCode.Unauthorized, stranger.StatusCode);
    }

    [Theory]
    [InlineData("10737418240", null, HttpStatusCode.RequestEntityTooLarge, "body-too-large")]
    [InlineData("-1", null, HttpStatusCode.BadRequest, "invalid-request")]
    [InlineData("99999999999999999999", null, HttpStatusCode.BadRequest, "invalid-request")]
    [InlineData(null, null, HttpStatusCode.BadRequest, "invalid-request")]
    [InlineData("1", "filename ???", HttpStatusCode.BadRequest, "invalid-request")]
    [InlineData("1", "a b c", HttpStatusCode.BadRequest, "invalid-request")]
    [InlineData("1", "width MA==", HttpStatusCode.BadRequest, "invalid-request")]
    [InlineData("1", "metadata e30=", HttpStatusCode.BadRequest, "invalid-request")]
    public async Task A_creation_that_cannot_be_is_refused(string? length, string? metadata, HttpStatusCode status, string type)
    {
        using var sender = await Person.RegisterAsync(chat, "sender");

        using var answer = await sender.Client.TusAsync(HttpMethod.Post, "/api/uploads", [("Upload-Length", length), ("Upload-Metadata", metadata)]);

        await Problem.ReadAsync(answer, status, type);
    }

    [Fact]
    public async Task A_part_at_the_wrong_place_too_long_or_not_what_its_checksum_says_is_refused_and_changes_nothing()
    {
        using var sender = await Person.RegisterAsync(chat, "sender");
        var upload = await sender.Client.BeginUploadAsync(10);
        var checksum = $"sha1 {Convert.ToBase64String(SHA1.HashData([1, 2, 3]))}";

        using var ahead = await sender.Client.TryAppendAsync(upload, 5, [1]);
        using var tooLong = await sender.Client.TryAppendAsync(upload, 0, new byte[11]);
        using var other = await sender.Client.TryAppendAsync(upload, 0, [1, 2, 4], checksum);
        using var unknown = await sender.Client.TryAppendAsync(upload, 0, [1], "md4 AAAA");
        using var untyped = await sender.Client.TusAsync(HttpMethod.Patch, upload, [("Upload-Offset", "0")], new ByteArrayContent([1]));

        await Problem.ReadAsync(ahead, HttpStatusCode.Conflict, "wrong-offset");
        await Problem.ReadAsync(tooLong, HttpStatusCode.RequestEntityTooLarge, "body-too-large");
        await Problem.ReadAsync(other, (HttpStatusCode)460, "checksum-mismatch");
        await Problem.ReadAsync(unknown, HttpStatusCode.BadRequest, "invalid-request");
        await Problem.ReadAsync(untyped, HttpStatusCode.UnsupportedMediaType, "unsupported-media-type");
        Assert.Equal(0, await sender.Client.OffsetAsync(upload));
        using var right = await sender.Client.TryAppendAsync(upload, 0, [1, 2, 3], checksum);
        Assert.Equal((HttpStatusCode.NoContent, 3), (right.StatusCode, Sharing.Offset(right)));
    }

    [Fact]
    public async Task Anothers_upload_is_not_there_to_read_write_end_or_send()
    {
        using var sender = await Person.RegisterAsync(chat, "sender");
        using var other = await Person.RegisterAsync(chat, "other", service: "api2");
        var upload = await sender.Client.BeginUploadAsync(10);

        using var append = await other.Client.TryAppendAsync(upload, 0, [1]);
        using var end = await other.Client.TusAsync(HttpMethod.Delete, upload, []);
        using var unknown = await sender.Client.TryAppendAsync($"/api/uploads/{Guid.NewGuid()}", 0, [1]);

        Assert.Null(await other.Client.OffsetAsync(upload));
        await Problem.ReadAsync(append, HttpStatusCode.NotFound, "not-found");
        await Problem.ReadAsync(end, HttpStatusCode.NotFound, "not-found");
        await Problem.ReadAsync(unknown, HttpStatusCode.NotFound, "not-found");
        Assert.Equal(0, await sender.Client.OffsetAsync(upload));
    }

    [Fact]
    public async Task Of_many_who_go_on_at_once_at_two_replicas_one_does()
    {
        using var sender = await Person.RegisterAsync(chat, "sender");
        using var elsewhere = sender.At(chat, "api2");
        var upload = await sender.Client.BeginUploadAsync(200_000);

        var parts = Enumerable.Range(0, 8).Select(n => Enumerable.Repeat((byte)n, 200_000).ToArray()).ToArray();
        var answers = await Task.WhenAll(parts.Select((part, n) => (n % 2 == 0 ? sender.Client : elsewhere).TryAppendAsync(upload, 0, part)));

        var winner = Assert.Single(Enumerable.Range(0, 8), n => answers[n].StatusCode == HttpStatusCode.NoContent);
        Assert.All(answers.Where((_, n) => n != winner), a => Assert.Contains(a.StatusCode, (HttpStatusCode[])[HttpStatusCode.Locked, HttpStatusCode.Conflict]));
        using var anybody = chat.Client();
        Assert.Equal(parts[winner], await anybody.GetByteArrayAsync((await sender.Client.FileAsync(Sharing.Id(upload))).Url));
    }

    /// <summary>Takes six seconds: a body has five before its rate counts.</summary>
    [Fact]
    public async Task A_body_that_does_not_come_is_given_up_and_what_came_of_it_is_kept()
    {
        using var sender = await Person.RegisterAsync(chat, "sender");
        var upload = await sender.Client.BeginUploadAsync(1_000_000);
        var server = sender.Client.BaseAddress!;
        using var connection = new TcpClient();
        await connection.ConnectAsync(server.Host, server.Port);
        var head = $"PATCH {upload} HTTP/1.1\r\nHost: {server.Authority}\r\nAuthorization: Bearer {sender.SignIn.AccessToken}\r\nTus-Resumable: 1.0.0\r\n"
            + "Upload-Offset: 0\r\nContent-Type: application/offset+octet-stream\r\nContent-Length: 1000000\r\n\r\n0123456789";

        await connection.GetStream().WriteAsync(Encoding.ASCII.GetBytes(head));
        using var answer = new StreamReader(connection.GetStream());
        var status = await answer.ReadLineAsync().WaitAsync(ChatApplication.Patience);

        Assert.Equal("HTTP/1.1 408 Request Timeout", status);
        Assert.Equal(10, await sender.Client.OffsetAsync(upload));
        await sender.Client.AppendAsync(upload, 10, [1]);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task An_upload_whose_server_was_killed_between_sealing_it_and_knowing_it_as_a_file_is_finished_all_the_same(int received)
    {
        using var sender = await Person.RegisterAsync(chat, "sender");
        using var anybody = chat.Client();
        var upload = await sender.Client.BeginUploadAsync(2);
        await sender.Client.AppendAsync(upload, 0, [1]);
        var sealedPath = Path.Combine(chat.DataDirectory, "files", "files", $"{Sharing.Id(upload):N}"[^2..], $"{Sharing.Id(upload):N}");
        Directory.CreateDirectory(Path.GetDirectoryName(sealedPath)!);
        await File.WriteAllBytesAsync(sealedPath, [1, 2]);
        File.Delete(PathOf(upload));
        await chat.ExecuteAsync($"update uploads set received = {received} where id = '{Sharing.Id(upload)}'");

        var offset = await sender.Client.OffsetAsync(upload);
        if (offset == 1)
        {
            await sender.Client.AppendAsync(upload, 1, [2]);
        }

        Assert.Equal(received, offset);
        Assert.Equal([1, 2], await anybody.GetByteArrayAsync((await sender.Client.FileAsync(Sharing.Id(upload))).Url));
    }

    [Fact]
    public async Task An_ended_upload_and_an_expired_one_are_gone_with_their_bytes()
    {
        using var sender = await Person.RegisterAsync(chat, "sender");
        var (ended, expired) = (await sender.Client.BeginUploadAsync(10), await sender.Client.BeginUploadAsync(10));
        await sender.Client.AppendAsync(ended, 0, [1]);
        await sender.Client.AppendAsync(expired, 0, [1]);

        using var end = await sender.Client.TusAsync(HttpMethod.Post, ended, [("X-HTTP-Method-Override", "DELETE")]);
        await chat.ExecuteAsync($"update uploads set expires_at = now() - interval '1 second' where id = '{Sharing.Id(expired)}'");

        Assert.Equal(HttpStatusCode.NoContent, end.StatusCode);
        Assert.Equal((null, null), (await sender.Client.OffsetAsync(ended), await sender.Client.OffsetAsync(expired)));
        Assert.False(File.Exists(PathOf(ended)));
        await Eventually.HoldsAsync("the worker has removed it", ChatApplication.Patience, async () =>
            !File.Exists(PathOf(expired)) && await chat.ReadAsync<long>($"select count(*) from uploads where id = '{Sharing.Id(expired)}'") == 0);
    }

    private string PathOf(string upload) => Path.Combine(chat.DataDirectory, "files", "uploads", Sharing.Id(upload).ToString("N"));
}
