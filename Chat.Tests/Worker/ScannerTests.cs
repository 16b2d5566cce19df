using System.Net;
using System.Text;
using Chat.Contracts.Files;
using Chat.Tests.Support;

namespace Chat.Tests.Worker;

/// <summary>The whole application with a scanner, which is away at first.</summary>
public sealed class ScannerTests(ScannerTests.WithScanner chat) : IClassFixture<ScannerTests.WithScanner>
{
    [Fact]
    public async Task Nobody_gets_a_file_before_it_has_been_scanned_nor_one_in_which_something_was_found()
    {
        using var sender = await Person.RegisterAsync(chat, "sender");
        using var member = await Person.RegisterAsync(chat, "member");
        using var anybody = chat.Client("api2");
        var group = await sender.CreateGroupAsync(member);
        var clean = await sender.Client.UploadAsync(Sharing.Bytes(200_000));
        var harmful = await sender.Client.UploadAsync(Encoding.ASCII.GetBytes($"a {FakeClamd.Harmful} b"));
        var large = await sender.Client.UploadAsync(new byte[3 * FakeClamd.LimitBytes]);
        await sender.Client.SendFileAsync(group.Id, clean.Id);
        await sender.Client.SendFileAsync(group.Id, harmful.Id);
        var seen = (await member.Client.FilesAsync(group.Id)).Items[0].File.Url!;

        Assert.Equal((ScanState.Pending, ScanState.Pending), (clean.Scan, harmful.Scan));
        foreach (var url in (string[])[clean.Url, seen, large.Url])
        {
            using var early = await anybody.GetAsync(url);
            await Problem.ReadAsync(early, HttpStatusCode.Conflict, "file-not-scanned");
        }

        Assert.Contains("\"scanner\":{\"status\":\"Degraded\"", await anybody.GetStringAsync("/health"), StringComparison.Ordinal);
        chat.Scanner.Cut(connections: 2);
        chat.Scanner.Start();
        await ScannedAsync(sender, clean.Id, ScanState.Clean);
        await ScannedAsync(sender, harmful.Id, ScanState.Blocked);

        Assert.Equal(200_000, (await anybody.GetByteArrayAsync(clean.Url)).Length);
        using var blocked = await anybody.GetAsync(seen);
        await Problem.ReadAsync(blocked, HttpStatusCode.Forbidden, "file-blocked");
        using var again = await sender.Client.TrySendAsync(group.Id, new Chat.Contracts.Messages.SendMessageRequest(
            Guid.NewGuid(), Kind: Chat.Contracts.Messages.MessageKind.File, FileId: harmful.Id));
        await Problem.ReadAsync(again, HttpStatusCode.UnprocessableEntity, "no-such-file");
        var path = Path.Combine(chat.DataDirectory, "files", "files", $"{harmful.Id:N}"[^2..], $"{harmful.Id:N}");
        await Eventually.HoldsAsync("the harmful bytes are gone", ChatApplication.Patience, () => Task.FromResult(!File.Exists(path)));
        Assert.Equal("Test-Signature", await chat.ReadAsync<string>($"select scan_found from files where id = '{harmful.Id}'"));

        await Eventually.HoldsAsync("the large one is put off", ChatApplication.Patience, async () =>
            await chat.ReadAsync<bool>($"select scan_at > now() + interval '5 minutes' and scan_at < now() + interval '10 minutes 1 second' from files where id = '{large.Id}'"));
        using var waiting = await anybody.GetAsync(large.Url);
        await Problem.ReadAsync(waiting, HttpStatusCode.Conflict, "file-not-scanned");
        Assert.Contains("\"scanner\":{\"status\":\"Healthy\",\"reason\":\"On", await anybody.GetStringAsync("/health"), StringComparison.Ordinal);

        using var thumbnail = await sender.Client.PutAsync($"/api/files/{clean.Id}/thumbnail", new ByteArrayContent(Sharing.Png));
        Assert.Equal(HttpStatusCode.OK, thumbnail.StatusCode);
        await ScannedAsync(sender, clean.Id, ScanState.Clean);
        Assert.Equal(Sharing.Png, await anybody.GetByteArrayAsync((await sender.Client.FileAsync(clean.Id)).Thumbnail!.Url));
    }

    private static Task ScannedAsync(Person owner, Guid file, ScanState state) => Eventually.HoldsAsync(
        $"{file} is {state}", ChatApplication.Patience, async () => (await owner.Client.FileAsync(file)).Scan == state);

    public sealed class WithScanner : ChatApplication
    {
        internal FakeClamd Scanner { get; } = new();

        protected override IReadOnlyList<string> Settings => [.. base.Settings, $"--Files:Scanner=127.0.0.1:{Scanner.Port}"];

        public override async Task DisposeAsync()
        {
            await base.DisposeAsync();
            await Scanner.DisposeAsync();
        }
    }
}
