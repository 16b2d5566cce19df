namespace Chat.AppHost;

/// <summary>The server's settings, the same for the container and the local process.</summary>
internal static class PostgresSettings
{
    private static readonly string[] Settings =
    [
        // What is acknowledged must survive a power cut. Tests assert these three.
        "fsync=on",
        "full_page_writes=on",
        "synchronous_commit=on",

        // Bounds the time that recovery after a crash takes.
        "max_wal_size=2GB",
        "wal_compression=on",

        // Query timings, for the dashboard and GET /api/admin/database/statements.
        "shared_preload_libraries=pg_stat_statements",
        "track_io_timing=on",

        // PgBouncer holds at most 20 connections; the rest is for migrations, psql and maintenance.
        "max_connections=60",
        "shared_buffers=256MB",
    ];

    /// <summary>As the server's command line wants them: <c>-c name=value …</c>.</summary>
    public static IEnumerable<string> Arguments => Settings.SelectMany(setting => (string[])["-c", setting]);
}
