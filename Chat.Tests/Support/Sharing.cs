using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using Chat.Contracts;
using Chat.Contracts.Files;
using Chat.Contracts.Messages;

namespace Chat.Tests.Support;

/// <summary>What people do with files, by the API.</summary>
internal static class Sharing
{
    /// <summary>The smallest picture: one pixel, 70 bytes.</summary>
    public static readonly byte[] Png = Convert.FromBase64String(
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");

    public static byte[] Bytes(int count) => RandomNumberGenerator.GetBytes(count);

    public static async Task<HttpResponseMessage> TryUploadAsync(
        this HttpClient client, byte[] bytes, string name = "bytes.bin", string type = "application/x-bytes", params (string Name, string Value)[] fields)
    {
        using var form = new MultipartFormDataContent();
        foreach (var (field, value) in fields)
        {
            form.Add(new StringContent(value), field);
        }

        var file = new ByteArrayContent(bytes);
        file.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        form.Add(file, "file", name);
        return await client.PostAsync("/api/files", form);
    }

    public static Task<StoredFile> UploadAsync(
        this HttpClient client, byte[] bytes, string name = "bytes.bin", string type = "application/x-bytes", params (string Name, string Value)[] fields) =>
        Conversing.ReadAsync(client.TryUploadAsync(bytes, name, type, fields), HttpStatusCode.Created, ContractsJson.Default.StoredFile);

    public static Task<StoredFile> FileAsync(this HttpClient client, Guid id) =>
        Conversing.ReadAsync(client.GetAsync($"/api/files/{id}"), HttpStatusCode.OK, ContractsJson.Default.StoredFile);

    public static Task<FileList> FilesAsync(this HttpClient client, Guid conversation, string query = "") =>
        Conversing.ReadAsync(client.GetAsync($"/api/conversations/{conversation}/files{query}"), HttpStatusCode.OK, ContractsJson.Default.FileList);

    public static Task<Message> SendFileAsync(this HttpClient client, Guid conversation, Guid file, MessageKind kind = MessageKind.File) =>
        client.SendAsync(conversation, new SendMessageRequest(Guid.NewGuid(), Kind: kind, FileId: file));

    /// <summary>Begins an upload by tus; its address.</summary>
    public static async Task<string> BeginUploadAsync(this HttpClient client, long size, string? metadata = null)
    {
        using var answer = await client.TusAsync(HttpMethod.Post, "/api/uploads", [("Upload-Length", Text(size)), ("Upload-Metadata", metadata)]);
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        return answer.Headers.Location!.OriginalString;
    }

    public static Task<HttpResponseMessage> TryAppendAsync(this HttpClient client, string upload, long offset, byte[] bytes, string? checksum = null) =>
        client.TusAsync(HttpMethod.Patch, upload, [("Upload-Offset", Text(offset)), ("Upload-Checksum", checksum)], Part(bytes));

    public static async Task AppendAsync(this HttpClient client, string upload, long offset, byte[] bytes)
    {
        using var answer = await client.TryAppendAsync(upload, offset, bytes);
        Assert.Equal((HttpStatusCode.NoContent, offset + bytes.Length), (answer.StatusCode, Offset(answer)));
    }

    public static async Task<long?> OffsetAsync(this HttpClient client, string upload)
    {
        using var answer = await client.TusAsync(HttpMethod.Head, upload, []);
        return answer.StatusCode == HttpStatusCode.OK ? Offset(answer) : null;
    }

    public static async Task<HttpResponseMessage> TusAsync(
        this HttpClient client, HttpMethod method, string path, (string Name, string? Value)[] headers, HttpContent? body = null)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body };
        request.Headers.Add("Tus-Resumable", "1.0.0");
        foreach (var (name, value) in headers.Where(header => header.Value is not null))
        {
            request.Headers.Add(name, value);
        }

        return await client.SendAsync(request);
    }

    public static ByteArrayContent Part(byte[] bytes)
    {
        var part = new ByteArrayContent(bytes);
        part.Headers.ContentType = new MediaTypeHeaderValue("application/offset+octet-stream");
        return part;
    }

    public static string Metadata(params (string Key, string Value)[] pairs) =>
        string.Join(',', pairs.Select(pair => $"{pair.Key} {Convert.ToBase64String(Encoding.UTF8.GetBytes(pair.Value))}"));

    public static Guid Id(string upload) => Guid.Parse(upload.Split('/')[^1]);

    public static long? Offset(HttpResponseMessage answer) =>
        answer.Headers.TryGetValues("Upload-Offset", out var values) ? long.Parse(values.Single(), CultureInfo.InvariantCulture) : null;

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
