using Chat.Data.Files;
using Chat.Worker.Jobs;
using Npgsql;

namespace Chat.Worker.Files;

/// <summary>Removes files that no message carries any more.</summary>
internal sealed class RemoveFilesJob(NpgsqlDataSource database, IFileStore store) : IJob
{
    public static string Name => "RemoveFiles";

    public TimeSpan Idle => TimeSpan.FromSeconds(2);

    public TimeSpan Timeout => TimeSpan.FromSeconds(30);

    public Task<int> RunAsync(CancellationToken cancellationToken) => RemoveFiles.RunAsync(database, store, cancellationToken);
}
