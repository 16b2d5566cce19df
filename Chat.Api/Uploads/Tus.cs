using System.Globalization;
using System.Text;
using Chat.Data.Files;

namespace Chat.Api.Uploads;

/// <summary>The headers of tus 1.0.0, read and written.</summary>
internal static class Tus
{
    public const string Version = "1.0.0";
    public const string Extensions = "creation,creation-with-upload,expiration,checksum,termination";
    public const string BodyType = "application/offset+octet-stream";

    /// <summary>Of all metadata together: more than the longest of each.</summary>
    private const int MetadataMax = 16 * 1024;

    /// <summary>Null where it is missing or no number of bytes.</summary>
    public static long? Bytes(this HttpRequest request, string header) =>
        long.TryParse(request.Headers[header].ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var bytes) ? bytes : null;

    public static bool HasBody(this HttpRequest request) =>
        string.Equals(request.ContentType?.Split(';')[0].Trim(), BodyType, StringComparison.OrdinalIgnoreCase);

    public static void SayOffset(this HttpResponse response, long offset) =>
        response.Headers["Upload-Offset"] = offset.ToString(CultureInfo.InvariantCulture);

    public static void SayExpiry(this HttpResponse response, DateTimeOffset expiresAt) => response.Headers["Upload-Expires"] = expiresAt.ToString("R", CultureInfo.InvariantCulture);

    /// <summary><c>Upload-Metadata: key base64,key base64</c>; a key without a value has the empty one. Null where it cannot be read.</summary>
    public static Dictionary<string, string>? Metadata(this HttpRequest request)
    {
        var header = request.Headers["Upload-Metadata"].ToString();
        var read = new Dictionary<string, string>(StringComparer.Ordinal);
        if (header.Length > MetadataMax)
        {
            return null;
        }

        foreach (var pair in header.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var parts = pair.Split(' ');
            var value = new byte[pair.Length];
            var length = 0;
            if (parts.Length > 2 || (parts.Length == 2 && !Convert.TryFromBase64String(parts[1], value, out length))
                || !read.TryAdd(parts[0], Encoding.UTF8.GetString(value, 0, length)))
            {
                return null;
            }
        }

        return read;
    }

    public static void Describe(this HttpResponse response, FilesOptions options)
    {
        response.Headers["Tus-Version"] = Version;
        response.Headers["Tus-Extension"] = Extensions;
        response.Headers["Tus-Max-Size"] = options.MaxBytes.ToString(CultureInfo.InvariantCulture);
        response.Headers["Tus-Checksum-Algorithm"] = Files.BodyChecksum.Algorithms;
    }
}
