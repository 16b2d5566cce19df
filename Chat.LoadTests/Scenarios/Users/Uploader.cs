using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using Chat.Contracts;
using Chat.Contracts.Files;
using Chat.LoadTests.Measuring;
using Chat.LoadTests.Seeding;

namespace Chat.LoadTests.Scenarios.Users;

/// <summary>Uploads files of random bytes, some of which are downloaded again and compared.</summary>
/// <param name="size">Of the next file, in bytes.</param>
/// <param name="compared">The share that is downloaded, 0 to 1. What every upload answers is compared in any case: size and SHA-256.</param>
internal sealed class Uploader(Uri server, TestUser user, Func<long> size, double compared, Random random) : IUser
{
    private readonly HttpClient _client = new(new SocketsHttpHandler()) { BaseAddress = server, Timeout = TimeSpan.FromSeconds(60) };

    public async Task ActAsync(long due, Recorder recorder, CancellationToken stop)
    {
        var bytes = size();
        using var content = new RandomBytes(bytes, random.Next());
        if (await CallAsync("upload", due, recorder, () => UploadAsync(content, bytes, stop), stop) is { } file && random.NextDouble() < compared)
        {
            await CallAsync("download", Stopwatch.GetTimestamp(), recorder, () => DownloadAsync(file, stop), stop);
        }
    }

    public void Dispose() => _client.Dispose();

    private async Task<StoredFile> UploadAsync(RandomBytes content, long bytes, CancellationToken stop)
    {
        using var form = new MultipartFormDataContent { { content, "file", "random.bin" } };
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/files") { Content = form };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", user.AccessToken);
        using var answer = await _client.SendAsync(request, stop);
        answer.EnsureSuccessStatusCode();
        var file = await answer.Content.ReadFromJsonAsync(ContractsJson.Default.StoredFile, stop);
        return (file!.Size, file.Sha256) == (bytes, content.Sha256()) ? file : throw new InvalidDataException("other bytes");
    }

    private async Task<StoredFile> DownloadAsync(StoredFile file, CancellationToken stop)
    {
        using var answer = await _client.GetAsync(new Uri(file.Url, UriKind.Relative), HttpCompletionOption.ResponseHeadersRead, stop);
        answer.EnsureSuccessStatusCode();
        await using var bytes = await answer.Content.ReadAsStreamAsync(stop);
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(bytes, stop)) == file.Sha256 ? file : throw new InvalidDataException("other bytes");
    }

    private static async Task<StoredFile?> CallAsync(string endpoint, long due, Recorder recorder, Func<Task<StoredFile>> call, CancellationToken stop)
    {
        try
        {
            var file = await call();
            recorder.Succeeded(endpoint, due, 0);
            return file;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return null;
        }
        catch (Exception e) when (e is HttpRequestException or IOException or InvalidDataException or OperationCanceledException)
        {
            recorder.Failed(endpoint, due, e switch
            {
                HttpRequestException { StatusCode: { } status } => ((int)status).ToString(CultureInfo.InvariantCulture),
                InvalidDataException => e.Message,
                OperationCanceledException => "timeout",
                _ => "connection",
            });
            return null;
        }
    }
}
