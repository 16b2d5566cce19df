using System.Net.Http.Json;
using Chat.Contracts;
using Chat.Data.Files;
using Chat.Tests.Support;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Chat.Tests.Worker;

[Collection(ChatCollection.Name)]
public sealed class AuditFilesTests(ChatApplication chat)
{
    [Fact]
    public async Task Bytes_that_belong_to_nothing_are_removed_and_a_file_without_its_bytes_is_told()
    {
        using var sender = await Person.RegisterAsync(chat, "sender");
        var (file, lost) = (await sender.Client.UploadAsync([1, 2, 3]), await sender.Client.UploadAsync([4]));
        var upload = await sender.Client.BeginUploadAsync(10);
        await sender.Client.AppendAsync(upload, 0, [1]);
        var orphan = PathOf(Guid.NewGuid());
        Directory.CreateDirectory(Path.GetDirectoryName(orphan)!);
        await File.WriteAllBytesAsync(orphan, [1]);
        File.Delete(PathOf(lost.Id));

        var audit = await AuditAsync();
        using var op = chat.Operator();
        using var told = await op.GetAsync("/api/admin/files/audit");
        var report = await told.Content.ReadFromJsonAsync(ContractsJson.Default.FileAuditReport);
        await chat.ExecuteAsync($"delete from files where id = '{lost.Id}'");

        Assert.True(audit is { Agrees: false, Missing: >= 1, Orphans: >= 1, Files: >= 2 }, $"{audit}");
        Assert.Equal(
            (false, true, 1), (File.Exists(orphan), File.Exists(PathOf(file.Id)), await sender.Client.OffsetAsync(upload)));
        Assert.Equal((false, audit.Missing, audit.Orphans), (report!.Agrees, report.Missing, report.OrphansRemoved));
        Assert.Equal(audit.Missing, await chat.ReadAsync<long>("select missing from file_audit"));
    }

    private async Task<FileAudit> AuditAsync()
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Files:Directory"] = Path.Combine(chat.DataDirectory, "files"),
            ["DataProtection:Secret"] = await chat.KeyRingSecretAsync(),
        }).Build();
        await using var services = new ServiceCollection().AddSingleton<IConfiguration>(configuration).AddSingleton(TimeProvider.System).AddFiles().BuildServiceProvider();
        await using var database = await chat.OwnerAsync();
        return await AuditFiles.RunAsync(database, services.GetRequiredService<IFileStore>(), TimeSpan.Zero, CancellationToken.None);
    }

    private string PathOf(Guid id) => Path.Combine(chat.DataDirectory, "files", "files", id.ToString("N")[^2..], id.ToString("N"));
}
