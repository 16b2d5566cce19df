using System.Buffers.Binary;
using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;

namespace Chat.Data.Events;

/// <summary>
/// How a conversation event travels through Redis: 74 bytes that a node needs to route it, big-endian, then the ready JSON. Binary,
/// so that a node that has nobody to tell has only looked up one id.
/// <code>
///  0  version (1)          17  membership version     41  published, µs since 1970    65  W3C parent id
///  1  conversation id      25  rev   33  seq          49  W3C trace id                73  W3C trace flags
/// </code>
/// </summary>
internal static class EventEnvelope
{
    public const int HeaderLength = 74;
    private const byte Version = 1;

    public static byte[] Write(ConversationEvent e, DateTimeOffset publishedAt, ActivityContext trace)
    {
        var envelope = new byte[HeaderLength + e.Json.Length];
        var header = envelope.AsSpan();
        header[0] = Version;
        e.ConversationId.TryWriteBytes(header[1..], bigEndian: true, out _);
        BinaryPrimitives.WriteInt64BigEndian(header[17..], e.MembershipVersion);
        BinaryPrimitives.WriteInt64BigEndian(header[25..], e.Rev);
        BinaryPrimitives.WriteInt64BigEndian(header[33..], e.Seq);
        BinaryPrimitives.WriteInt64BigEndian(header[41..], (publishedAt - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond);
        trace.TraceId.CopyTo(header[49..65]);
        trace.SpanId.CopyTo(header[65..73]);
        header[73] = (byte)trace.TraceFlags;
        e.Json.Span.CopyTo(header[HeaderLength..]);
        return envelope;
    }

    /// <summary>False for what no publisher of this version writes.</summary>
    public static bool TryRead(ReadOnlyMemory<byte> envelope, [NotNullWhen(true)] out ReceivedEvent? e)
    {
        e = null;
        var header = envelope.Span;
        if (header.Length <= HeaderLength || header[0] != Version)
        {
            return false;
        }

        var published = BinaryPrimitives.ReadInt64BigEndian(header[41..]);
        if (published < 0 || published > (DateTimeOffset.MaxValue - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond)
        {
            return false;
        }

        e = new ReceivedEvent(
            new Guid(header[1..17], bigEndian: true),
            BinaryPrimitives.ReadInt64BigEndian(header[17..]),
            BinaryPrimitives.ReadInt64BigEndian(header[25..]),
            BinaryPrimitives.ReadInt64BigEndian(header[33..]),
            DateTimeOffset.UnixEpoch.AddTicks(published * TimeSpan.TicksPerMicrosecond),
            Trace(header),
            envelope[HeaderLength..]);
        return true;
    }

    private static ActivityContext Trace(ReadOnlySpan<byte> header) => header[49..65].ContainsAnyExcept((byte)0)
        ? new ActivityContext(
            ActivityTraceId.CreateFromBytes(header[49..65]), ActivitySpanId.CreateFromBytes(header[65..73]),
            (ActivityTraceFlags)header[73], isRemote: true)
        : default;
}
