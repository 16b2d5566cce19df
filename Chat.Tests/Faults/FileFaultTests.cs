using System.Net;
using Aspire.Hosting.ApplicationModel;
using Chat.Contracts.Messages;
using Chat.Tests.Support;

namespace Chat.Tests.Faults;

/// <summary>Files while something breaks, on a disk with 20 MB of room.</summary>
public sealed class FileFaultTests(FileFaultTests.OnSmallDisk chat) : IClassFixture<FileFaultTests.OnSmallDisk>
{
    [Fact]
    public async Task A_full_disk_refuses_what_does_not_fit_leaves_nothing_of_it_and_takes_what_does()
    {
        using var sender = await Person.RegisterAsync(chat, "sender");
        var upload = await sender.Client.BeginUploadAsync(30 << 20);

        using var posted = await sender.Client.TryUploadAsync(new byte[30 << 20]);
        using var appended = await sender.Client.TryAppendAsync(upload, 0, new byte[30 << 20]);
        var offset = await sender.Client.OffsetAsync(upload);
        using var ended = await sender.Client.TusAsync(HttpMethod.Delete, upload, []);
        var file = await sender.Client.UploadAsync(Sharing.Bytes(1 << 20));

        await Problem.ReadAsync(posted, HttpStatusCode.ServiceUnavailable, "storage-unavailable");
        await Problem.ReadAsync(appended, HttpStatusCode.ServiceUnavailable, "storage-unavailable");
        Assert.InRange(offset!.Value, 0, 20 << 20);
        Assert.Equal((HttpStatusCode.NoContent, 1 << 20), (ended.StatusCode, (int)file.Size));
        Assert.Empty(Directory.EnumerateFiles(Path.Combine(chat.Files, "uploads")));
    }

    [Fact]
    public async Task An_upload_whose_api_is_killed_midway_goes_on_at_another_and_no_half_file_is_seen()
    {
        using var sender = await Person.RegisterAsync(chat, "sender");
        using var victim = sender.At(chat, "api2");
        var bytes = Sharing.Bytes(6 << 20);
        var upload = await sender.Client.BeginUploadAsync(bytes.Length);
        await sender.Client.AppendAsync(upload, 0, bytes[..(1 << 20)]);

        using var stalling = new StallingContent(bytes[(1 << 20)..(4 << 20)]);
        var cut = victim.TusAsync(HttpMethod.Patch, upload, [("Upload-Offset", $"{1 << 20}")], stalling);
        await stalling.Sent.WaitAsync(ChatApplication.Patience);
        await Eventually.HoldsAsync("the other replica writes", ChatApplication.Patience, async () => await chat.ReadAsync<bool>(
            $"select coalesce(writer_until > now(), false) from uploads where id = '{Sharing.Id(upload)}'"));
        using var meanwhile = await sender.Client.TryAppendAsync(upload, 1 << 20, [1]);
        Signals.Kill(chat, "api2");
        stalling.GoOn();
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => cut);
        using var half = await sender.Client.GetAsync($"/api/files/{Sharing.Id(upload)}");

        await Problem.ReadAsync(meanwhile, HttpStatusCode.Locked, "upload-in-progress");
        Assert.Equal(HttpStatusCode.NotFound, half.StatusCode);
        await chat.ExecuteAsync($"update uploads set writer_until = now() where id = '{Sharing.Id(upload)}'"); // Its lease would end by itself.
        var offset = (int)(await sender.Client.OffsetAsync(upload))!.Value;
        await sender.Client.AppendAsync(upload, offset, bytes[offset..]);
        Assert.Equal(bytes, await sender.Client.GetByteArrayAsync((await sender.Client.FileAsync(Sharing.Id(upload))).Url));
        using var patience = new CancellationTokenSource(ChatApplication.Patience);
        await chat.App.ResourceNotifications.WaitForResourceAsync("api2", KnownResourceStates.TerminalStates, patience.Token);
        await chat.App.ResourceCommands.ExecuteCommandAsync("api2", "start");
        await chat.App.ResourceNotifications.WaitForResourceHealthyAsync("api2", patience.Token);
    }

    [Fact]
    public async Task Files_are_sent_and_shown_while_redis_is_stopped()
    {
        using var sender = await Person.RegisterAsync(chat, "sender");
        var group = await sender.CreateGroupAsync();
        Signals.Send("STOP", chat, "redis");
        try
        {
            var file = await sender.Client.UploadAsync(Sharing.Png, "a.png", "image/png");
            await sender.Client.SendFileAsync(group.Id, file.Id, MessageKind.Image);
            Assert.Equal(Sharing.Png, await sender.Client.GetByteArrayAsync((await sender.Client.FilesAsync(group.Id)).Items.Single().File.Url));
        }
        finally
        {
            Signals.Send("CONT", chat, "redis");
        }
    }

    public sealed class OnSmallDisk : ChatApplication
    {
        private SmallDisk? _disk;

        public string Files => _disk!.Path;

        protected override IReadOnlyList<string> Settings => ["--Dashboard:Enabled=false", $"--Files:Directory={Files}"];

        public override async Task InitializeAsync()
        {
            _disk = await SmallDisk.MountAsync();
            await base.InitializeAsync();
        }

        public override async Task DisposeAsync()
        {
            await base.DisposeAsync();
            await _disk!.DisposeAsync();
        }
    }
}
