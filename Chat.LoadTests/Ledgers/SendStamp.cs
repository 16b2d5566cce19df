using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Chat.LoadTests.Ledgers;

/// <summary>
/// A message's clientId that says when its sending was due, so that whoever receives the push knows how long it took from the intended
/// time, without a table that senders and receivers share. A UUID of version 8 (RFC 9562, section 5.8: the layout is ours): no other
/// client makes these.
/// </summary>
internal static class SendStamp
{
    private const ulong TimestampMask = ulong.MaxValue >> 2;
    private const ulong Variant = 0b10UL << 62;
    private const ulong Version = 8UL << 12;

    /// <summary>Of this process: two that run one after the other, or beside each other, do not make the same ids.</summary>
    private static readonly ulong Process = (ulong)RandomNumberGenerator.GetInt32(1 << 28);

    private static uint _count = (uint)RandomNumberGenerator.GetInt32(int.MaxValue);

    /// <param name="dueTimestamp">Of <see cref="System.Diagnostics.Stopwatch"/>, not negative, below 2⁶².</param>
    public static Guid New(long dueTimestamp)
    {
        // An odd factor only reorders the counter's values: ids lie as scattered in an index as those of real clients.
        ulong scattered = Interlocked.Increment(ref _count) * 0x9E3779B1u;
        var high = (scattered << 32) | (Process >> 12 << 16) | Version | (Process & 0xFFF);
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, high);
        BinaryPrimitives.WriteUInt64BigEndian(bytes[8..], Variant | ((ulong)dueTimestamp & TimestampMask));
        return new Guid(bytes, bigEndian: true);
    }

    /// <summary>False for an id that is no stamp.</summary>
    public static bool TryRead(Guid clientId, out long dueTimestamp)
    {
        Span<byte> bytes = stackalloc byte[16];
        clientId.TryWriteBytes(bytes, bigEndian: true, out _);
        var low = BinaryPrimitives.ReadUInt64BigEndian(bytes[8..]);
        dueTimestamp = (long)(low & TimestampMask);
        return bytes[6] >> 4 == 8 && (low & ~TimestampMask) == Variant;
    }
}
