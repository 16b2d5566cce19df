using System.Buffers;
using System.Buffers.Binary;
using System.Buffers.Text;

namespace Chat.Data.Conversations;

/// <summary>An id and a number as 32 characters that clients keep and give back: base64url, big-endian.</summary>
internal static class OpaqueToken
{
    private const int Size = 24;
    private const int Length = Size / 3 * 4;

    public static string Write(Guid id, long number)
    {
        Span<byte> bytes = stackalloc byte[Size];
        id.TryWriteBytes(bytes, bigEndian: true, out _);
        BinaryPrimitives.WriteInt64BigEndian(bytes[16..], number);
        return Base64Url.EncodeToString(bytes);
    }

    /// <summary>Null for what <see cref="Write"/> cannot have made. TryDecodeFromChars would throw for some of it.</summary>
    public static (Guid Id, long Number)? Read(string? text)
    {
        Span<byte> bytes = stackalloc byte[Size];
        return text?.Length == Length && Base64Url.DecodeFromChars(text, bytes, out _, out var written) == OperationStatus.Done && written == Size
            ? (new Guid(bytes[..16], bigEndian: true), BinaryPrimitives.ReadInt64BigEndian(bytes[16..]))
            : null;
    }
}
