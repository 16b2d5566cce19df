using System.Text.Json.Serialization;
using Chat.Contracts.Messages;

namespace Chat.Contracts.Files;

/// <summary>Whether a scanner has looked at a file.</summary>
public enum ScanState
{
    /// <summary>No scanner was in use when it came.</summary>
    Unscanned,

    /// <summary>Nobody gets it yet.</summary>
    Pending,

    /// <summary>The scanner found nothing.</summary>
    Clean,

    /// <summary>The scanner found something. Nobody gets it.</summary>
    Blocked,
}

/// <summary>A whole file that somebody has uploaded. It never changes.</summary>
/// <param name="Id">A message carries it as <c>fileId</c>. An upload by tus has the same id.</param>
/// <param name="Name">As the uploader called it, without what is no part of a name: paths, control characters.</param>
/// <param name="MediaType">What its first bytes say, where they are those of a picture, recording or film that browsers show; else what the uploader said.</param>
/// <param name="Size">In bytes.</param>
/// <param name="Sha256">Of its bytes, in hexadecimal digits.</param>
/// <param name="CreatedAt">When it was all there.</param>
/// <param name="Url">Where it is had until <paramref name="UrlExpiresAt"/>, without any other credentials; where it has no host it is relative to the API's address.</param>
/// <param name="UrlExpiresAt">When the link ends; the next one is had by asking again.</param>
/// <param name="Scan">Whether a scanner has looked at it.</param>
/// <param name="Width">Of a picture, in pixels.</param>
/// <param name="Height">Of a picture, in pixels.</param>
/// <param name="DurationMs">Of a recording, in milliseconds.</param>
/// <param name="Encrypted">Its bytes mean nothing to the server, which has not looked at them.</param>
/// <param name="Metadata">Of an encrypted file: what the members' devices need to decrypt it.</param>
/// <param name="Thumbnail">Where the uploader has given one.</param>
public sealed record StoredFile(
    Guid Id,
    string Name,
    string MediaType,
    long Size,
    string Sha256,
    DateTimeOffset CreatedAt,
    string Url,
    DateTimeOffset UrlExpiresAt,
    ScanState Scan = ScanState.Unscanned,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? Width = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? Height = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? DurationMs = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] bool Encrypted = false,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Metadata = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Thumbnail? Thumbnail = null);

/// <summary>Bounds of files that are no settings.</summary>
public static class FileLimits
{
    /// <summary>Characters of a name (UTF-16 code units).</summary>
    public const int NameMax = 200;

    /// <summary>Characters of a media type.</summary>
    public const int MediaTypeMax = 100;

    /// <summary>Of width and height, in pixels.</summary>
    public const int PixelsMax = 100_000;

    /// <summary>Of a thumbnail.</summary>
    public const int ThumbnailBytesMax = 64 * 1024;

    /// <summary>Of a thumbnail, each way.</summary>
    public const int ThumbnailPixelsMax = 640;

    /// <summary>Of a recording, in milliseconds: a day.</summary>
    public const int DurationMsMax = 86_400_000;
}

/// <summary>A file of a conversation, with the message that carries it.</summary>
/// <param name="Seq">The message's seq.</param>
/// <param name="SenderId">Who sent it.</param>
/// <param name="SentAt">When it was sent.</param>
/// <param name="Kind">The message's kind.</param>
/// <param name="File">The file.</param>
public sealed record ConversationFile(long Seq, Guid SenderId, DateTimeOffset SentAt, MessageKind Kind, FileContent File);

/// <param name="Items">The latest first.</param>
/// <param name="Next">For <c>before=</c>: the next page; null on the last.</param>
public sealed record FileList(IReadOnlyList<ConversationFile> Items, long? Next = null);
