using Chat.Data.Files;
using Chat.Data.Files.Scanning;
using Chat.Worker.Jobs;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Chat.Worker.Files;

/// <summary>Has new files scanned, one after the other in each worker. While the scanner is away they wait; nobody gets them.</summary>
internal sealed partial class ScanFilesJob(NpgsqlDataSource database, IFileStore store, IOptions<FilesOptions> options, ILogger<ScanFilesJob> log) : IJob
{
    /// <summary>After this a file that is too large for the scanner is tried again: somebody may have raised its limit.</summary>
    private static readonly TimeSpan UntilLimitIsRaised = TimeSpan.FromMinutes(10);

    private readonly Clamd? _scanner = options.Value.ScannerAddress is { } address ? new Clamd(address.Host, address.Port) : null;

    public static string Name => "ScanFiles";

    public TimeSpan Idle => _scanner is null ? TimeSpan.FromHours(1) : TimeSpan.FromMilliseconds(500);

    public TimeSpan Timeout => TimeSpan.FromMinutes(9);

    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        if (_scanner is null || await ScanFiles.ClaimAsync(database, cancellationToken) is not var (id, thumbnail))
        {
            return 0;
        }

        var outcome = await ScanAsync(_scanner, id, cancellationToken);
        if (outcome is ScanOutcome.Clean && thumbnail is { } small)
        {
            outcome = await ScanAsync(_scanner, small, cancellationToken);
        }

        switch (outcome)
        {
            case ScanOutcome.Clean:
                await ScanFiles.PassAsync(database, id, thumbnail, cancellationToken);
                return 1;
            case ScanOutcome.Found(var name):
                await ScanFiles.BlockAsync(database, id, name, cancellationToken);
                LogBlocked(log, id, name);
                return 1;
            case ScanOutcome.TooLarge:
                await ScanFiles.PutOffAsync(database, id, UntilLimitIsRaised, cancellationToken);
                LogTooLarge(log, id);
                return 1;
            default:
                await ScanFiles.PutOffAsync(database, id, TimeSpan.Zero, cancellationToken);
                throw new InvalidOperationException($"The scanner cannot be used: {((ScanOutcome.Unknown)outcome).Why}");
        }
    }

    private async Task<ScanOutcome> ScanAsync(Clamd scanner, Guid id, CancellationToken cancellationToken)
    {
        await using var bytes = await store.OpenAsync(id, cancellationToken);
        return bytes is null ? new ScanOutcome.Clean() : await scanner.ScanAsync(bytes, cancellationToken);
    }

    [LoggerMessage(LogLevel.Warning, "The scanner has found {Found} in file {Id}, which is blocked")]
    private static partial void LogBlocked(ILogger logger, Guid id, string found);

    [LoggerMessage(LogLevel.Error, "File {Id} is larger than the scanner takes, and waits: raise clamd's StreamMaxLength above Files:MaxMiB")]
    private static partial void LogTooLarge(ILogger logger, Guid id);
}
