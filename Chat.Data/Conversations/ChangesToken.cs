using System.Buffers.Binary;
using System.Buffers.Text;

namespace Chat.Data.Conversations;

/// <summary>A place in a stream of changes, as clients keep it: 32 characters that mean nothing to them.</summary>
/// <param name="Epoch">The history that the rev belongs to. A restored backup starts another, in which the same rev may be another change.</param>
/// <param name="Rev">The latest change that is known.</param>
public readonly record struct ChangesToken(Guid Epoch, long Rev)
{
    private const int Size = 24;

    public override string ToString()
    {
        Span<byte> bytes = stackalloc byte[Size];
        Epoch.TryWriteBytes(bytes, bigEndian: true, out _);
        BinaryPrimitives.WriteInt64BigEndian(bytes[16..], Rev);
        return Base64Url.EncodeToString(bytes);
    }

    /// <summary>False for what <see cref="ToString"/> did not make.</summary>
    public static bool TryParse(string? text, out ChangesToken token)
    {
        Span<byte> bytes = stackalloc byte[Size];
        token = default;
        if (text?.Length != Size / 3 * 4 || !Base64Url.TryDecodeFromChars(text, bytes, out var written) || written != Size)
        {
            return false;
        }

        token = new ChangesToken(new Guid(bytes[..16], bigEndian: true), BinaryPrimitives.ReadInt64BigEndian(bytes[16..]));
        return token.Rev >= 0;
    }
}
