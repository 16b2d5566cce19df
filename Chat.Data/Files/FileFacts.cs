using Chat.Contracts.Files;
using Npgsql;

namespace Chat.Data.Files;

/// <summary>What is known of a whole file.</summary>
/// <param name="Sha256">Null: it has no bytes.</param>
/// <param name="Thumbnail">Without a link.</param>
public sealed record FileFacts(
    Guid Id, string Name, string MediaType, long Size, byte[]? Sha256, int? Width, int? Height, int? DurationMs, bool Encrypted,
    string? Metadata, ScanState Scan, DateTimeOffset CreatedAt, Thumbnail? Thumbnail)
{
    public StoredFile With((string Url, DateTimeOffset ExpiresAt) link, Thumbnail? thumbnail) => new(
        Id, Name, MediaType, Size, Convert.ToHexStringLower(Sha256 ?? []), CreatedAt, link.Url, link.ExpiresAt, Scan, Width, Height, DurationMs,
        Encrypted, Metadata, thumbnail);
}

/// <summary>The columns of a file, and how they become what is known of it.</summary>
internal static class FileRow
{
    /// <summary>Of a table called <c>f</c>.</summary>
    public const string Columns = """
        f.id, f.name, f.media_type, f.size, f.sha256, f.width, f.height, f.duration_ms, f.encrypted, f.metadata, f.scan, f.created_at,
        f.thumbnail_id, f.thumbnail_type, f.thumbnail_width, f.thumbnail_height
        """;

    public static FileFacts Map(NpgsqlDataReader row) => new(
        row.GetGuid(0), row.GetString(1), row.GetString(2), row.GetInt64(3), row.IsDBNull(4) ? null : row.GetFieldValue<byte[]>(4),
        row.IntOrNull(5), row.IntOrNull(6), row.IntOrNull(7), row.GetBoolean(8), row.TextOrNull(9),
        Enum.Parse<ScanState>(row.GetString(10), ignoreCase: true), row.GetFieldValue<DateTimeOffset>(11),
        row.IsDBNull(12) ? null : new Thumbnail(row.GetGuid(12), row.GetString(13), row.IntOrNull(14), row.IntOrNull(15)));
}

public static class ThumbnailExtensions
{
    /// <summary>What a link to a thumbnail tells of it.</summary>
    public static LinkedFile AsLinked(this Thumbnail thumbnail) => new(thumbnail.Id, "thumbnail", thumbnail.MediaType);
}
