using System.ComponentModel.DataAnnotations;
using Chat.Data.Files.S3;

namespace Chat.Data.Files;

/// <summary>The section <c>Files</c> of the configuration. Times as <c>days.hours:minutes:seconds</c>.</summary>
public sealed class FilesOptions
{
    public const string Section = "Files";
    private const long MiB = 1024 * 1024;

    /// <summary>The folder of the local store, the same for every replica of the API and the worker.</summary>
    [Required]
    [MinLength(1)]
    public required string Directory { get; init; }

    /// <summary>Of one file, in MiB (1,048,576 bytes).</summary>
    [Range(1, 2_048)]
    public int MaxMiB { get; init; } = 100;

    /// <summary>Of all files of one user, in MiB, uploads under way among them.</summary>
    [Range(1, 100_000_000)]
    public long QuotaMiB { get; init; } = 10_240;

    /// <summary>How many uploads one user may begin in a minute.</summary>
    [Range(1, 1_000_000)]
    public int UploadsPerMinute { get; init; } = 10;

    /// <summary>How long an upload may take, pauses and resumes included. Then it is removed.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "30.00:00:00")]
    public TimeSpan KeepUnfinishedFor { get; init; } = TimeSpan.FromDays(1);

    /// <summary>How long a file is kept that no message has carried.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "3650.00:00:00")]
    public TimeSpan KeepUnusedFor { get; init; } = TimeSpan.FromDays(7);

    /// <summary>A link holds for one to two of these, and is the same for all that time. A member who was removed may still use those they were given.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "7.00:00:00")]
    public TimeSpan LinkWindow { get; init; } = TimeSpan.FromHours(1);

    /// <summary>
    /// Whether the worker signs links ahead, and all processes share them by Redis. Unset: where signing is dear, which it is with S3 and not with
    /// the local store.
    /// </summary>
    public bool? LinksAhead { get; init; }

    /// <summary>With a bucket it is the store; else the folder is.</summary>
    public S3Options S3 { get; init; } = new();

    /// <summary>Where clamd listens, as <c>host:port</c>: files are handed out once it has found nothing in them. Null: nothing is scanned.</summary>
    public string? Scanner { get; init; }

    /// <summary>How often store and table are compared.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "30.00:00:00")]
    public TimeSpan AuditEvery { get; init; } = TimeSpan.FromHours(6);

    /// <summary>Null: there is none.</summary>
    public (string Host, int Port)? ScannerAddress =>
        Uri.TryCreate($"tcp://{Scanner}", UriKind.Absolute, out var address) && address is { Port: > 0, Host.Length: > 0 } ? (address.Host, address.Port) : null;

    /// <summary>What is wrong with the scanner's address; null: nothing.</summary>
    internal string? RefuseScanner() => Scanner is null || ScannerAddress is not null ? null : "Files:Scanner must be a host and a port, such as clamd:3310.";

    public long MaxBytes => MaxMiB * MiB;

    public long QuotaBytes => QuotaMiB * MiB;
}
