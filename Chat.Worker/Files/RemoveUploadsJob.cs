using Chat.Data.Files;
using Chat.Worker.Jobs;
using Npgsql;

namespace Chat.Worker.Files;

/// <summary>Removes uploads that nobody finished in time.</summary>
internal sealed class RemoveUploadsJob(NpgsqlDataSource database, IFileStore store) : IJob
{
    public static string Name => "RemoveUploads";

    public TimeSpan Idle => TimeSpan.FromSeconds(5);

    public TimeSpan Timeout => TimeSpan.FromSeconds(30);

    public Task<int> RunAsync(CancellationToken cancellationToken) => RemoveUploads.RunAsync(database, store, cancellationToken);
}
