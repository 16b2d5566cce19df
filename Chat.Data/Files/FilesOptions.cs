using System.ComponentModel.DataAnnotations;

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

    /// <summary>How often store and table are compared.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "30.00:00:00")]
    public TimeSpan AuditEvery { get; init; } = TimeSpan.FromHours(6);

    public long MaxBytes => MaxMiB * MiB;

    public long QuotaBytes => QuotaMiB * MiB;
}
