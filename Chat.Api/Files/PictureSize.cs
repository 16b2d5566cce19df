using System.Buffers.Binary;

namespace Chat.Api.Files;

/// <summary>Width and height as a picture itself says, so that no client has to be believed.</summary>
internal static class PictureSize
{
    /// <summary>Null: not a picture of a kind known here, or its size stands further in.</summary>
    public static (int Width, int Height)? Of(ReadOnlySpan<byte> head, string mediaType)
    {
        var size = mediaType switch
        {
            "image/png" when head.Length >= 24 => (Big32(head[16..]), Big32(head[20..])),
            "image/gif" when head.Length >= 10 => (Little16(head[6..]), Little16(head[8..])),
            "image/webp" => OfWebP(head),
            "image/jpeg" => OfJpeg(head),
            _ => ((int, int)?)null,
        };
        return size is { Item1: > 0, Item2: > 0 } ? size : null;
    }

    /// <summary>RFC 9649: lossy, lossless and extended each have it elsewhere.</summary>
    private static (int Width, int Height)? OfWebP(ReadOnlySpan<byte> head) => head.Length < 30 ? null
        : head[12..16].SequenceEqual("VP8 "u8) ? (Little16(head[26..]) & 0x3FFF, Little16(head[28..]) & 0x3FFF)
        : head[12..16].SequenceEqual("VP8L"u8) ? OfLossless(BinaryPrimitives.ReadUInt32LittleEndian(head[21..]))
        : head[12..16].SequenceEqual("VP8X"u8) ? (1 + Little24(head[24..]), 1 + Little24(head[27..]))
        : null;

    private static (int Width, int Height) OfLossless(uint bits) => ((int)(bits & 0x3FFF) + 1, (int)((bits >> 14) & 0x3FFF) + 1);

    /// <summary>ITU T.81, B.1.1: from marker to marker until the frame's.</summary>
    private static (int Width, int Height)? OfJpeg(ReadOnlySpan<byte> head)
    {
        for (var at = 2; at + 9 < head.Length && head[at] == 0xFF;)
        {
            var marker = head[at + 1];
            if (marker is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC))
            {
                return (Big16(head[(at + 7)..]), Big16(head[(at + 5)..]));
            }

            at += marker == 0xFF ? 1 : 2 + Big16(head[(at + 2)..]);
        }

        return null;
    }

    private static int Big32(ReadOnlySpan<byte> at) => BinaryPrimitives.ReadInt32BigEndian(at);

    private static int Big16(ReadOnlySpan<byte> at) => BinaryPrimitives.ReadUInt16BigEndian(at);

    private static int Little16(ReadOnlySpan<byte> at) => BinaryPrimitives.ReadUInt16LittleEndian(at);

    private static int Little24(ReadOnlySpan<byte> at) => at[0] | (at[1] << 8) | (at[2] << 16);
}
