using System.Net;
using System.Text;
using Chat.Tests.Support;

namespace Chat.Tests.Api.Files;

[Collection(ChatCollection.Name)]
public sealed class HostileFileTests(ChatApplication chat)
{
    [Theory]
    [InlineData("../../etc/passwd", "passwd")]
    [InlineData("..\\..\\windows\\system.ini", "system.ini")]
    [InlineData("/", "file")]
    [InlineData("...", "file")]
    [InlineData("a\0b\r\nX-Evil: 1.txt", "abX-Evil 1.txt")]
    [InlineData("invoice\u202Etxt.exe", "invoicetxt.exe")]
    [InlineData("日本 👩‍💻.txt", "日本 👩‍💻.txt")]
    public async Task A_name_is_no_more_than_a_name(string said, string kept)
    {
        using var sender = await Person.RegisterAsync(chat, "sender");
        using var anybody = chat.Client();

        var upload = await sender.Client.BeginUploadAsync(1, Sharing.Metadata(("filename", said)));
        await sender.Client.AppendAsync(upload, 0, [1]);
        var file = await sender.Client.FileAsync(Sharing.Id(upload));
        using var answer = await anybody.GetAsync(file.Url);

        Assert.Equal(kept, file.Name);
        Assert.Equal(kept, answer.Content.Headers.ContentDisposition!.FileNameStar);
    }

    [Fact]
    public async Task A_forged_link_an_expired_one_and_one_of_another_file_get_nothing()
    {
        using var sender = await Person.RegisterAsync(chat, "sender");
        using var anybody = chat.Client("api2");
        var (file, other) = (await sender.Client.UploadAsync([1]), await sender.Client.UploadAsync([2]));
        var (expiry, signature) = (file.UrlExpiresAt.ToUnixTimeSeconds(), file.Url.Split("&s=")[1]);

        foreach (var forged in new[]
        {
            $"/files/{file.Id}", $"/files/{file.Id}?e={expiry}", $"/files/{other.Id}?e={expiry}&s={signature}",
            $"/files/{file.Id}?e={expiry + 1}&s={signature}", $"/files/{file.Id}?e={expiry - 7200}&s={signature}",
            $"/files/{file.Id}?e={expiry}&s={signature[..^1]}", $"/files/{file.Id}?e={expiry}&s={new string('A', 5000)}",
            $"/files/{file.Id}?e={expiry}&s=%00", $"/files/{file.Id}?e={long.MaxValue}&s={signature}",
        })
        {
            using var answer = await anybody.GetAsync(forged);
            await Problem.ReadAsync(answer, HttpStatusCode.Forbidden, "link-expired");
        }

        Assert.Equal([1], await anybody.GetByteArrayAsync(file.Url));
    }

    [Fact]
    public async Task What_is_no_upload_is_refused_and_leaves_nothing()
    {
        using var sender = await Person.RegisterAsync(chat, "sender");

        using var json = await sender.Client.PostAsync("/api/files", new StringContent("{}", Encoding.UTF8, "application/json"));
        await Problem.ReadAsync(json, HttpStatusCode.UnsupportedMediaType, "unsupported-media-type");
        using var empty = await sender.Client.PostAsync("/api/files", new MultipartFormDataContent { { new StringContent("x"), "field" } });
        await Problem.ReadAsync(empty, HttpStatusCode.BadRequest, "invalid-request");
        using var wide = await sender.Client.TryUploadAsync([1], fields: ("width", "-1"));
        Assert.Contains("width", (await Problem.ReadAsync(wide, HttpStatusCode.BadRequest, "invalid-request")).Errors!);
        using var broken = new StringContent("--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a\"\r\n\r\nhalf");
        broken.Headers.Remove("Content-Type");
        broken.Headers.TryAddWithoutValidation("Content-Type", "multipart/form-data; boundary=x");
        using var half = await sender.Client.PostAsync("/api/files", broken);
        await Problem.ReadAsync(half, HttpStatusCode.BadRequest, "malformed-request");

        Assert.Equal(0, await chat.ReadAsync<long>(
            $"select (select count(*) from files where owner_id = '{sender.Id}') + (select count(*) from uploads where owner_id = '{sender.Id}' and ended_at is null)"));
    }

    [Theory]
    [InlineData("POST /api/files", "Content-Type: multipart/form-data; boundary=x", 413)]
    [InlineData("PATCH {upload}", "Content-Type: application/offset+octet-stream\r\nTus-Resumable: 1.0.0\r\nUpload-Offset: 0", 413)]
    [InlineData("PUT {thumbnail}", "Content-Type: image/png", 413)]
    public async Task A_body_that_says_it_has_ten_gigabytes_is_refused_before_it_comes(string call, string headers, int status)
    {
        using var sender = await Person.RegisterAsync(chat, "sender");
        var upload = await sender.Client.BeginUploadAsync(100);
        var file = await sender.Client.UploadAsync([1]);
        var server = sender.Client.BaseAddress!;
        using var connection = new System.Net.Sockets.TcpClient();
        await connection.ConnectAsync(server.Host, server.Port);
        var head = $"{call.Replace("{upload}", upload, StringComparison.Ordinal).Replace("{thumbnail}", $"/api/files/{file.Id}/thumbnail", StringComparison.Ordinal)} HTTP/1.1\r\n"
            + $"Host: {server.Authority}\r\nAuthorization: Bearer {sender.SignIn.AccessToken}\r\n{headers}\r\nContent-Length: 10737418240\r\n\r\n";

        await connection.GetStream().WriteAsync(Encoding.ASCII.GetBytes(head));
        using var answer = new StreamReader(connection.GetStream());
        var line = await answer.ReadLineAsync().WaitAsync(ChatApplication.Patience);

        Assert.StartsWith($"HTTP/1.1 {status} ", line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_user_begins_so_many_uploads_a_minute_and_has_so_many_bytes_also_at_two_replicas_at_once()
    {
        using var sender = await Person.RegisterAsync(chat, "sender");
        using var elsewhere = sender.At(chat, "api2");

        await chat.ExecuteAsync($"""
            insert into uploads (id, owner_id, size, name, media_type, encrypted, expires_at)
            select gen_random_uuid(), '{sender.Id}', 1, 'x', 'x/y', false, now() + interval '1 minute' from generate_series(1, 1990)
            """);
        var answers = await Task.WhenAll(Enumerable.Range(0, 16).Select(n => (n % 2 == 0 ? sender.Client : elsewhere).TryUploadAsync([1])));

        Assert.Equal(10, answers.Count(answer => answer.StatusCode == HttpStatusCode.Created));
        foreach (var answer in answers.Where(answer => answer.StatusCode != HttpStatusCode.Created))
        {
            await Problem.ReadAsync(answer, HttpStatusCode.TooManyRequests, "too-many-uploads");
            Assert.InRange(answer.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 60);
        }

        using var rich = await Person.RegisterAsync(chat, "rich");
        await chat.ExecuteAsync($"insert into files (id, owner_id, name, media_type, size) values ('{Guid.NewGuid()}', '{rich.Id}', 'x', 'x/y', 10240::bigint << 20)");
        using var full = await rich.Client.TryUploadAsync([1]);
        await Problem.ReadAsync(full, HttpStatusCode.RequestEntityTooLarge, "quota-exceeded");
    }
}
