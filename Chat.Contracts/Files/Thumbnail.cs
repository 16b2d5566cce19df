using System.Text.Json.Serialization;

namespace Chat.Contracts.Files;

/// <summary>A small picture of a file, which its uploader made.</summary>
/// <param name="Id">It never changes either.</param>
/// <param name="MediaType"><c>image/png</c>, <c>image/jpeg</c> or <c>image/webp</c>; of an encrypted file <c>application/octet-stream</c>.</param>
/// <param name="Width">In pixels, 640 at most; absent of an encrypted file.</param>
/// <param name="Height">In pixels, 640 at most; absent of an encrypted file.</param>
/// <param name="Url">Where it is had, as the file's own.</param>
public sealed record Thumbnail(
    Guid Id,
    string MediaType,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? Width = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? Height = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Url = null);
