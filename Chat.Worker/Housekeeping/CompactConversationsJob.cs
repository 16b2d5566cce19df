using Chat.Data.Compaction;
using Chat.Worker.Jobs;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Chat.Worker.Housekeeping;

/// <summary>Keeps the conversations' streams of changes short.</summary>
internal sealed class CompactConversationsJob(NpgsqlDataSource database, IOptions<HousekeepingOptions> options) : IJob
{
    public static string Name => "CompactConversations";

    public TimeSpan Idle => TimeSpan.FromSeconds(10);

    public TimeSpan Timeout => TimeSpan.FromSeconds(60);

    public async Task<int> RunAsync(CancellationToken cancellationToken) =>
        (await CompactConversations.RunAsync(database, options.Value.OfConversations, cancellationToken)).Visited;
}
