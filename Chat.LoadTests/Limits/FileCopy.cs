using System.Diagnostics;
using System.Security.Cryptography;

namespace Chat.LoadTests.Limits;

/// <summary>How fast a file is read, hashed, written and on the disk: what keeping an upload costs at least.</summary>
internal sealed class FileCopy(int megabytes = 128) : ILimit
{
    private const int Megabyte = 1024 * 1024;

    public string Name => KnownLimits.FileCopy;

    public bool NeedsStack => true;

    public async Task<LimitResult> MeasureAsync(LimitContext context, CancellationToken cancellationToken)
    {
        if (context.Directory is not { } directory)
        {
            return new LimitResult.NotMeasured(Name, "the directory of the data is not known");
        }

        if (!Directory.Exists(directory))
        {
            return new LimitResult.NotMeasured(Name, $"there is no directory {directory}");
        }

        var work = Path.Combine(directory, $"limits-{Guid.NewGuid():N}");
        try
        {
            Directory.CreateDirectory(work);
            return await MeasureAsync(Path.Combine(work, "from"), Path.Combine(work, "to"), context, cancellationToken);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new LimitResult.NotMeasured(Name, e.Message.TrimEnd('.'));
        }
        finally
        {
            if (Directory.Exists(work))
            {
                Directory.Delete(work, recursive: true);
            }
        }
    }

    private async Task<LimitResult> MeasureAsync(string from, string to, LimitContext context, CancellationToken cancellationToken)
    {
        await WriteAsync(from, cancellationToken);
        await CopyAsync(from, to, cancellationToken);
        var (copies, started) = (0, Stopwatch.GetTimestamp());
        while (copies == 0 || Stopwatch.GetElapsedTime(started) < context.Duration)
        {
            await CopyAsync(from, to, cancellationToken);
            copies++;
        }

        return new LimitResult.Measured(
            Name, copies * megabytes / Stopwatch.GetElapsedTime(started).TotalSeconds, "MB",
            $"copy of a file of {megabytes} MB with SHA-256 and fsync, {copies} times, read from the cache");
    }

    private static async Task CopyAsync(string from, string to, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        await using var source = new FileStream(from, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
        await using var target = new FileStream(to, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
        var buffer = new byte[Megabyte];
        int read;
        while ((read = await source.ReadAsync(buffer, cancellationToken)) > 0)
        {
            hash.AppendData(buffer, 0, read);
            await target.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
        }

        _ = hash.GetHashAndReset();
        target.Flush(flushToDisk: true);
    }

    /// <summary>Random bytes, which no disk compresses.</summary>
    private async Task WriteAsync(string path, CancellationToken cancellationToken)
    {
        await using var file = File.Create(path);
        for (var i = 0; i < megabytes; i++)
        {
            await file.WriteAsync(RandomNumberGenerator.GetBytes(Megabyte), cancellationToken);
        }

        file.Flush(flushToDisk: true);
    }
}
