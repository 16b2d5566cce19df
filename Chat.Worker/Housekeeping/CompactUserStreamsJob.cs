using Chat.Data.Compaction;
using Chat.Worker.Jobs;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Chat.Worker.Housekeeping;

/// <summary>Keeps the users' own streams of changes short.</summary>
internal sealed class CompactUserStreamsJob(NpgsqlDataSource database, IOptions<HousekeepingOptions> options) : IJob
{
    public static string Name => "CompactUserStreams";

    public TimeSpan Idle => TimeSpan.FromSeconds(10);

    public TimeSpan Timeout => TimeSpan.FromSeconds(20);

    public async Task<int> RunAsync(CancellationToken cancellationToken) =>
        (await CompactUserStreams.RunAsync(database, options.Value.OfUsers, cancellationToken)).Visited;
}
