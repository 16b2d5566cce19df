using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Chat.Data.Files;

/// <summary>Says at the start where files are kept, and whether they are scanned: what an operator should not have to find out.</summary>
internal sealed partial class FilesAnnouncement(IOptions<FilesOptions> options, ILogger<FilesAnnouncement> log) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        var files = options.Value;
        LogStore(log, files.S3.Bucket is { } bucket ? $"the bucket {bucket}" : "a folder");
        if (files.Scanner is null)
        {
            LogNotScanned(log);
        }

        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    [LoggerMessage(LogLevel.Information, "Files are kept in {Store}")]
    private static partial void LogStore(ILogger logger, string store);

    [LoggerMessage(LogLevel.Information, "Files are not scanned: Files:Scanner is not set")]
    private static partial void LogNotScanned(ILogger logger);
}
