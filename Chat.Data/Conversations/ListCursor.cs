using System.Buffers.Binary;
using System.Buffers.Text;

namespace Chat.Data.Conversations;

/// <summary>The last item of a page of conversations, after which the next begins.</summary>
/// <param name="ActiveAt">In microseconds, as exact as the database is.</param>
/// <param name="Id">Decides between conversations that were active at the same time.</param>
public readonly record struct ListCursor(DateTimeOffset ActiveAt, Guid Id)
{
    private const int Size = 24;

    /// <summary>Before the first page.</summary>
    public static ListCursor Start { get; } = new(DateTimeOffset.MaxValue, Guid.AllBitsSet);

    public override string ToString()
    {
        Span<byte> bytes = stackalloc byte[Size];
        Id.TryWriteBytes(bytes, bigEndian: true, out _);
        BinaryPrimitives.WriteInt64BigEndian(bytes[16..], ActiveAt.UtcTicks);
        return Base64Url.EncodeToString(bytes);
    }

    /// <summary>False for what <see cref="ToString"/> did not make.</summary>
    public static bool TryParse(string? text, out ListCursor cursor)
    {
        Span<byte> bytes = stackalloc byte[Size];
        cursor = default;
        if (text?.Length != Size / 3 * 4 || !Base64Url.TryDecodeFromChars(text, bytes, out var written) || written != Size)
        {
            return false;
        }

        var ticks = BinaryPrimitives.ReadInt64BigEndian(bytes[16..]);
        if (ticks < DateTimeOffset.UnixEpoch.UtcTicks || ticks > DateTimeOffset.MaxValue.UtcTicks)
        {
            return false;
        }

        cursor = new ListCursor(new DateTimeOffset(ticks, TimeSpan.Zero), new Guid(bytes[..16], bigEndian: true));
        return true;
    }
}
