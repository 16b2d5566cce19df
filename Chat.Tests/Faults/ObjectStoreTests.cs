using System.Net;
using Chat.Contracts.Messages;
using Chat.Data.Files;
using Chat.Tests.Support;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Chat.Tests.Faults;

/// <summary>The whole application with an object store, which goes away and comes back.</summary>
public sealed class ObjectStoreTests(ObjectStoreTests.OnObjectStore chat) : IClassFixture<ObjectStoreTests.OnObjectStore>
{
    [Fact]
    public async Task A_file_is_had_from_the_object_store_by_the_same_link_at_every_replica_and_goes_with_its_message()
    {
        using var sender = await Person.RegisterAsync(chat, "sender");
        using var member = await Person.RegisterAsync(chat, "member", service: "api2");
        using var anybody = new HttpClient();
        var group = await sender.CreateGroupAsync(member);
        var bytes = Sharing.Bytes(300_000);

        var file = await sender.Client.UploadAsync(bytes, "notes and more.bin");
        using (var thumbnail = await sender.Client.PutAsync($"/api/files/{file.Id}/thumbnail", new ByteArrayContent(Sharing.Png)))
        {
            Assert.Equal(HttpStatusCode.OK, thumbnail.StatusCode);
        }

        var sent = await sender.Client.SendFileAsync(group.Id, file.Id);
        var shown = (await member.Client.HistoryAsync(group.Id)).Items.Single().Content!.File!;
        using var answer = await anybody.GetAsync(shown.Url);

        Assert.StartsWith(chat.Store.Address.ToString(), shown.Url, StringComparison.Ordinal);
        Assert.Equal((file.Url, file.Url), (shown.Url, sent.Content!.File!.Url));
        Assert.Equal(bytes, await answer.Content.ReadAsByteArrayAsync());
        Assert.Equal(("application/x-bytes", "attachment"), (answer.Content.Headers.ContentType!.MediaType, answer.Content.Headers.ContentDisposition!.DispositionType));
        Assert.Equal(Sharing.Png, await anybody.GetByteArrayAsync(shown.Thumbnail!.Url));
        await sender.Client.DeleteMessageAsync(group.Id, sent.Seq);
        await Eventually.HoldsAsync("both objects are gone", ChatApplication.Patience, async () =>
            !(await chat.ObjectsAsync()).Any(stored => stored.Id == file.Id || stored.Id == shown.Thumbnail.Id));
        using var gone = await anybody.GetAsync(shown.Url);
        Assert.Equal(HttpStatusCode.NotFound, gone.StatusCode);
    }

    [Fact]
    public async Task An_upload_goes_on_at_another_replica_and_after_the_object_store_was_away()
    {
        using var sender = await Person.RegisterAsync(chat, "sender");
        using var elsewhere = sender.At(chat, "api2");
        using var anybody = new HttpClient();
        var bytes = Sharing.Bytes(18 << 20);

        var upload = await sender.Client.BeginUploadAsync(bytes.Length);
        await sender.Client.AppendAsync(upload, 0, bytes[..3_000_001]);
        await elsewhere.AppendAsync(upload, 3_000_001, bytes[3_000_001..(9 << 20)]);
        await chat.Store.KillAsync();
        using var away = await sender.Client.TryAppendAsync(upload, 9 << 20, bytes[(9 << 20)..]);
        using var posted = await sender.Client.TryUploadAsync([1]);
        var offset = await elsewhere.OffsetAsync(upload);
        using var half = await sender.Client.GetAsync($"/api/files/{Sharing.Id(upload)}");
        await chat.Store.StartAgainAsync();
        await elsewhere.AppendAsync(upload, offset!.Value, bytes[(int)offset.Value..]);
        var file = await sender.Client.FileAsync(Sharing.Id(upload));

        await Problem.ReadAsync(away, HttpStatusCode.ServiceUnavailable, "storage-unavailable");
        await Problem.ReadAsync(posted, HttpStatusCode.ServiceUnavailable, "storage-unavailable");
        Assert.Equal((9 << 20, HttpStatusCode.NotFound), (offset.Value, half.StatusCode));
        Assert.Equal(bytes, await anybody.GetByteArrayAsync(file.Url));
        Assert.Equal([false], (await chat.ObjectsAsync()).Where(stored => stored.Id == file.Id).Select(stored => stored.IsUpload));
    }

    [Fact]
    public async Task An_upload_whose_api_is_killed_midway_goes_on_at_another_and_no_half_object_is_seen()
    {
        using var sender = await Person.RegisterAsync(chat, "sender");
        using var victim = sender.At(chat, "api2");
        using var anybody = new HttpClient();
        var bytes = Sharing.Bytes(14 << 20);
        var upload = await sender.Client.BeginUploadAsync(bytes.Length);
        await sender.Client.AppendAsync(upload, 0, bytes[..(1 << 20)]);

        using var stalling = new StallingContent(bytes[(1 << 20)..(12 << 20)]);
        var cut = victim.TusAsync(HttpMethod.Patch, upload, [("Upload-Offset", $"{1 << 20}")], stalling);
        await stalling.Sent.WaitAsync(ChatApplication.Patience);
        await Eventually.HoldsAsync("the other replica writes", ChatApplication.Patience, async () => await chat.ReadAsync<bool>(
            $"select coalesce(writer_until > now(), false) from uploads where id = '{Sharing.Id(upload)}'"));
        Signals.Kill(chat, "api2");
        stalling.GoOn();
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => cut);
        var half = (await chat.ObjectsAsync()).Where(stored => stored.Id == Sharing.Id(upload)).Select(stored => stored.IsUpload);

        Assert.Equal([true], half);
        await chat.ExecuteAsync($"update uploads set writer_until = now() where id = '{Sharing.Id(upload)}'"); // Its lease would end by itself.
        var offset = (int)(await sender.Client.OffsetAsync(upload))!.Value;
        await sender.Client.AppendAsync(upload, offset, bytes[offset..]);
        Assert.Equal(bytes, await anybody.GetByteArrayAsync((await sender.Client.FileAsync(Sharing.Id(upload))).Url));
        await chat.StartAgainAsync("api2");
        using var patience = new CancellationTokenSource(ChatApplication.Patience);
        await chat.App.ResourceNotifications.WaitForResourceHealthyAsync("api2", patience.Token);
    }

    [Fact]
    public async Task The_worker_signs_for_all_replicas_and_pages_show_links_while_Redis_is_stopped_too()
    {
        using var sender = await Person.RegisterAsync(chat, "sender");
        using var elsewhere = sender.At(chat, "api2");
        var group = await sender.CreateGroupAsync();
        var file = await sender.Client.UploadAsync(Sharing.Png, "a.png", "image/png");
        await sender.Client.SendFileAsync(group.Id, file.Id, MessageKind.Image);

        var redis = StackExchange.Redis.ConfigurationOptions.Parse(await chat.ConnectionStringAsync("redis"));
        using (var connection = await StackExchange.Redis.ConnectionMultiplexer.ConnectAsync(redis))
        {
            await Eventually.HoldsAsync("the worker has signed it", ChatApplication.Patience, async () =>
                await connection.GetDatabase().HashGetAsync($"chat:links:signed:{file.UrlExpiresAt.ToUnixTimeSeconds()}", file.Id.ToByteArray(bigEndian: true)) == file.Url);
        }

        Signals.Send("STOP", chat, "redis");
        try
        {
            var other = await elsewhere.UploadAsync(Sharing.Png, "b.png", "image/png");
            var shown = (await elsewhere.FilesAsync(group.Id)).Items.Single().File;
            Assert.Equal(file.Url, shown.Url);
            Assert.NotEqual(other.Url, shown.Url);
        }
        finally
        {
            Signals.Send("CONT", chat, "redis");
        }
    }

    public sealed class OnObjectStore : ChatApplication
    {
        private S3Server? _store;

        internal S3Server Store => _store!;

        protected override IReadOnlyList<string> Settings => [.. base.Settings, .. Store.Settings];

        public override async Task InitializeAsync()
        {
            _store = await S3Server.StartAsync();
            await base.InitializeAsync();
        }

        public override async Task DisposeAsync()
        {
            await base.DisposeAsync();
            await _store!.DisposeAsync();
        }

        internal async Task<List<StoredBytes>> ObjectsAsync()
        {
            var settings = Store.Settings.Select(setting => setting[2..].Split('=', 2)).ToDictionary(pair => pair[0], pair => (string?)pair[1]);
            settings["Files:Directory"] = "unused";
            await using var services = new ServiceCollection().AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(settings).Build())
                .AddFiles().BuildServiceProvider();
            var all = new List<StoredBytes>();
            await foreach (var stored in services.GetRequiredService<IFileStore>().ListAsync(default))
            {
                all.Add(stored);
            }

            return all;
        }
    }
}
