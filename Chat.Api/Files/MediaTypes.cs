using System.Text.RegularExpressions;

namespace Chat.Api.Files;

/// <summary>
/// What a file is, by its first bytes. Only what is recognised here is ever shown inside a page (<see cref="Chat.Data.Files.Disposition"/>), and nothing that a browser would run is: no
/// HTML, no SVG, no PDF.
/// </summary>
internal static partial class MediaTypes
{
    public const string Unknown = "application/octet-stream";

    /// <summary>So many bytes are enough to tell.</summary>
    public const int HeadBytes = 32 * 1024;

    /// <summary>
    /// The type that is stored: what the bytes are, where they are recognised; else what the uploader says, unless that would be taken for a
    /// picture, recording or film, which it is not.
    /// </summary>
    public static string Of(ReadOnlySpan<byte> head, string said)
    {
        var name = said.Split(';')[0].Trim().ToLowerInvariant();
        if (Recognise(head, name) is { } known)
        {
            return known;
        }

        return Form().IsMatch(name) && !name.StartsWith("image/", StringComparison.Ordinal) && !name.StartsWith("audio/", StringComparison.Ordinal)
            && !name.StartsWith("video/", StringComparison.Ordinal)
            ? name
            : Unknown;
    }

    private static string? Recognise(ReadOnlySpan<byte> head, string said)
    {
        var audio = said.StartsWith("audio/", StringComparison.Ordinal);
        return head switch
        {
            [0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10, ..] => "image/png",
            [0xFF, 0xD8, 0xFF, ..] => "image/jpeg",
            _ when head.StartsWith("GIF87a"u8) || head.StartsWith("GIF89a"u8) => "image/gif",
            _ when IsRiff(head, "WEBP"u8) => "image/webp",
            _ when IsRiff(head, "WAVE"u8) => "audio/wav",
            _ when head.StartsWith("OggS"u8) => said == "video/ogg" ? said : "audio/ogg",
            _ when head.StartsWith("fLaC"u8) => "audio/flac",
            _ when head.StartsWith("ID3"u8) => "audio/mpeg",
            [0xFF, 0xFB or 0xF3 or 0xF2 or 0xFA, ..] => "audio/mpeg",
            [0x1A, 0x45, 0xDF, 0xA3, ..] when head[..Math.Min(64, head.Length)].IndexOf("webm"u8) > 0 => audio ? "audio/webm" : "video/webm",
            _ when head.Length >= 12 && head[4..8].SequenceEqual("ftyp"u8) => OfIsoMedia(head[8..12], audio),
            _ => null,
        };
    }

    /// <summary>ISO/IEC 14496-12: the major brand. QuickTime's own is not one that browsers show.</summary>
    private static string? OfIsoMedia(ReadOnlySpan<byte> brand, bool audio) =>
        brand.SequenceEqual("avif"u8) || brand.SequenceEqual("avis"u8) ? "image/avif"
        : brand.SequenceEqual("qt  "u8) || brand.StartsWith("hei"u8) || brand.SequenceEqual("mif1"u8) ? null
        : audio || brand.StartsWith("M4A"u8) ? "audio/mp4"
        : "video/mp4";

    private static bool IsRiff(ReadOnlySpan<byte> head, ReadOnlySpan<byte> form) =>
        head.Length >= 12 && head.StartsWith("RIFF"u8) && head[8..12].SequenceEqual(form);

    /// <summary>RFC 6838, 4.2.</summary>
    [GeneratedRegex(@"^[a-z0-9][a-z0-9!#$&^_.+-]{0,63}/[a-z0-9][a-z0-9!#$&^_.+-]{0,63}$")]
    private static partial Regex Form();
}
