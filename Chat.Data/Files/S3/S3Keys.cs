using System.Globalization;

namespace Chat.Data.Files.S3;

/// <summary>Every key in the bucket, named in this one place.</summary>
internal static class S3Keys
{
    public const string Files = "files/";
    public const string Uploads = "uploads/";

    public static string File(Guid id) => $"{Files}{id:N}";

    public static string Upload(Guid id) => $"{Uploads}{id:N}/";

    public static string SavePoint(Guid id, long offset) => $"{Upload(id)}{offset.ToString("D12", CultureInfo.InvariantCulture)}";

    /// <summary>By which the store knows the parts of an upload.</summary>
    public static string Multipart(Guid id) => $"{Upload(id)}multipart";
}
