namespace Chat.AppHost.Targets;

/// <summary>
/// What one replica is given. The limit of memory holds some 15,000 sockets (36 KB each, measured) beside the runtime.
/// </summary>
internal static class PublishedSizes
{
    public const double CpuRequest = 0.25;
    public const double CpuLimit = 1;
    public const int MemoryRequestMiB = 256;
    public const int MemoryLimitMiB = 1024;

    /// <summary>Seconds a replica may take to drain: tell its clients, finish its batches.</summary>
    public const int DrainSeconds = 60;

    /// <summary>Disk of the database, in Gi.</summary>
    public const int DatabaseGiB = 20;

    /// <summary>Disk of the uploaded files, in Gi.</summary>
    public const int FilesGiB = 100;
}
