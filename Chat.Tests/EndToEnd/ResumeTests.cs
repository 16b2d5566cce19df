using Chat.Tests.Support;

namespace Chat.Tests.EndToEnd;

/// <summary>The real tus-js-client, whose connection breaks.</summary>
[Collection(ChatCollection.Name)]
public sealed class ResumeTests(ChatApplication chat)
{
    private const int Cuts = 50;

    /// <summary>Takes some seconds: each resume is a sync to disk and a question for the offset.</summary>
    [Fact]
    public async Task An_upload_whose_connection_is_cut_fifty_times_at_random_offsets_arrives_whole()
    {
        using var sender = await Person.RegisterAsync(chat, "sender");
        using var anybody = chat.Client("api2");
        var bytes = Sharing.Bytes(16 << 20);
        var path = Path.Combine(TemporaryDirectory.Create(), "bytes");
        await File.WriteAllBytesAsync(path, bytes);
        await using var proxy = new CuttingProxy(chat.Client().BaseAddress!, Enumerable.Range(0, Cuts).Select(_ => Random.Shared.Next(2_000, 400_000)));

        using var upload = await NodeUpload.StartAsync(new Uri(proxy.Address, "/api/uploads"), path, sender.SignIn.AccessToken);
        var id = await upload.DoneAsync();
        var file = await sender.Client.FileAsync(id);

        Assert.Equal(0, proxy.CutsLeft);
        Assert.True(upload.Retries.Count >= Cuts, $"{upload.Retries.Count} retries");
        Assert.Equal(bytes, await anybody.GetByteArrayAsync(file.Url));
        Directory.Delete(Path.GetDirectoryName(path)!, recursive: true);
    }
}
