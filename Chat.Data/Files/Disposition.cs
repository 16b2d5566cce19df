using Microsoft.Net.Http.Headers;

namespace Chat.Data.Files;

/// <summary>Whether a file is shown where it is asked for, or saved; the same whoever hands it out.</summary>
public static class Disposition
{
    /// <summary>What browsers show as it is, without running anything in it. A file has one of these only where its bytes were recognised.</summary>
    private static readonly HashSet<string> Shown =
    [
        "image/png", "image/jpeg", "image/gif", "image/webp", "image/avif",
        "audio/mpeg", "audio/ogg", "audio/wav", "audio/flac", "audio/webm", "audio/mp4",
        "video/mp4", "video/webm", "video/ogg",
    ];

    /// <summary>RFC 6266: <c>inline</c> or <c>attachment</c>, with the name.</summary>
    public static string Of(string name, string mediaType)
    {
        var disposition = new ContentDispositionHeaderValue(Shown.Contains(mediaType) ? "inline" : "attachment");
        disposition.SetHttpFileName(name);
        return disposition.ToString();
    }
}
