using Chat.Contracts.Files;
using Npgsql;

namespace Chat.Data.Files;

/// <summary>What is known of a whole file.</summary>
/// <param name="Sha256">Null: it has no bytes.</param>
public sealed record FileFacts(
    Guid Id, string Name, string MediaType, long Size, byte[]? Sha256, int? Width, int? Height, int? DurationMs, bool Encrypted,
    string? Metadata, ScanState Scan, DateTimeOffset CreatedAt)
{
    public StoredFile With((string Url, DateTimeOffset ExpiresAt) link) => new(
        Id, Name, MediaType, Size, Convert.ToHexStringLower(Sha256 ?? []), CreatedAt, link.Url, link.ExpiresAt, Scan, Width, Height, DurationMs,
        Encrypted, Metadata);
}

/// <summary>The columns of a file, and how they become what is known of it.</summary>
internal static class FileRow
{
    /// <summary>Of a table called <c>f</c>.</summary>
    public const string Columns = """
        f.id, f.name, f.media_type, f.size, f.sha256, f.width, f.height, f.duration_ms, f.encrypted, f.metadata, f.scan, f.created_at
        """;

    public static FileFacts Map(NpgsqlDataReader row) => new(
        row.GetGuid(0), row.GetString(1), row.GetString(2), row.GetInt64(3), row.IsDBNull(4) ? null : row.GetFieldValue<byte[]>(4),
        row.IntOrNull(5), row.IntOrNull(6), row.IntOrNull(7), row.GetBoolean(8), row.TextOrNull(9),
        Enum.Parse<ScanState>(row.GetString(10), ignoreCase: true), row.GetFieldValue<DateTimeOffset>(11));
}
