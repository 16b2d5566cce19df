using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;

namespace Chat.Data.Events;

/// <summary>
/// A member is writing in a conversation. It travels by the conversation's shard, as 41 bytes, big-endian, told from events by the first:
/// <code> 0  version (2)    1  conversation id    17  membership version    25  user id </code>
/// </summary>
public sealed record SomeoneTyping(Guid ConversationId, long MembershipVersion, Guid UserId)
{
    private const byte Version = 2;
    private const int Length = 41;

    internal byte[] Write()
    {
        var bytes = new byte[Length];
        bytes[0] = Version;
        ConversationId.TryWriteBytes(bytes.AsSpan(1), bigEndian: true, out _);
        BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(17), MembershipVersion);
        UserId.TryWriteBytes(bytes.AsSpan(25), bigEndian: true, out _);
        return bytes;
    }

    /// <summary>False for what is something else.</summary>
    internal static bool TryRead(ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out SomeoneTyping? typing)
    {
        typing = bytes.Length == Length && bytes[0] == Version
            ? new SomeoneTyping(
                new Guid(bytes[1..17], bigEndian: true), BinaryPrimitives.ReadInt64BigEndian(bytes[17..]), new Guid(bytes[25..], bigEndian: true))
            : null;
        return typing is not null;
    }
}
