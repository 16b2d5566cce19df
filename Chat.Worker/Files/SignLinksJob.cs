using Chat.Data.Files;
using Chat.Worker.Jobs;
using Npgsql;

namespace Chat.Worker.Files;

/// <summary>Signs links ahead of the pages that will show them, on one worker at a time.</summary>
internal sealed class SignLinksJob(
    NpgsqlDataSource database, SharedLinks shared, ILinkSigner signer, LinkWindows windows, LinkCache links) : IJob
{
    private readonly string _worker = $"{Guid.NewGuid():n}";

    public static string Name => "SignLinks";

    public TimeSpan Idle => links.IsShared ? TimeSpan.FromMilliseconds(500) : TimeSpan.FromHours(1);

    public TimeSpan Timeout => TimeSpan.FromSeconds(10);

    public async Task<int> RunAsync(CancellationToken cancellationToken) =>
        links.IsShared ? await SignAhead.RunAsync(database, shared, signer, windows, _worker, cancellationToken) : 0;
}
