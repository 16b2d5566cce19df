using Npgsql;

namespace Chat.Data.Files;

/// <summary>What an uploader says of a file.</summary>
public sealed record FileDescription(
    string Name, string MediaType, int? Width = null, int? Height = null, int? DurationMs = null, bool Encrypted = false, string? Metadata = null);

/// <summary>A file on its way.</summary>
/// <param name="Size">In bytes, as declared.</param>
/// <param name="Received">So many bytes are stored for good.</param>
/// <param name="Finished">Whether there is a file.</param>
public sealed record Upload(Guid Id, long Size, long Received, FileDescription Description, DateTimeOffset ExpiresAt, bool Finished);

/// <summary>The columns of an upload, and how they become one.</summary>
internal static class UploadRow
{
    /// <summary>Of a table called <c>u</c>.</summary>
    public const string Columns = """
        u.id, u.size, u.received, u.name, u.media_type, u.width, u.height, u.duration_ms, u.encrypted, u.metadata, u.expires_at,
        u.finished_at is not null
        """;

    /// <param name="first">The ordinal of the first of <see cref="Columns"/>.</param>
    public static Upload Map(NpgsqlDataReader row, int first = 0) => new(
        row.GetGuid(first), row.GetInt64(first + 1), row.GetInt64(first + 2),
        new FileDescription(
            row.GetString(first + 3), row.GetString(first + 4), row.IntOrNull(first + 5), row.IntOrNull(first + 6), row.IntOrNull(first + 7),
            row.GetBoolean(first + 8), row.TextOrNull(first + 9)),
        row.GetFieldValue<DateTimeOffset>(first + 10), row.GetBoolean(first + 11));

    internal static int? IntOrNull(this NpgsqlDataReader row, int ordinal) => row.IsDBNull(ordinal) ? null : row.GetInt32(ordinal);

    internal static string? TextOrNull(this NpgsqlDataReader row, int ordinal) => row.IsDBNull(ordinal) ? null : row.GetString(ordinal);
}
