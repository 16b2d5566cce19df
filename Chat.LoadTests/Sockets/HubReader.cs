using System.Buffers;

namespace Chat.LoadTests.Sockets;

/// <summary>Hears what a <see cref="HubReader"/> finds. What it is given lies in the reader's buffer and is gone afterwards.</summary>
internal interface IHubListener
{
    /// <summary>One message of SignalR's JSON protocol, without the separator.</summary>
    void OnRecord(ReadOnlySpan<byte> record);

    void OnPing(ReadOnlySpan<byte> payload);

    /// <param name="code">RFC 6455, section 7.4; 1005 where the server gave none.</param>
    void OnClose(int code);
}

/// <summary>
/// Finds SignalR's messages in what a WebSocket receives: several in a frame, one cut over several frames, frames cut anywhere. A
/// message that lies whole in its frame is passed on where it lies; only the beginning of one that goes on in the next is copied.
/// </summary>
internal sealed class HubReader(IHubListener listener)
{
    public const byte RecordSeparator = 0x1E;

    private ArrayBufferWriter<byte>? _begun;
    private byte[] _cut = [];
    private bool _inMessage;

    /// <summary>Puts what the last read left over, a frame that was cut off, at the beginning of the buffer.</summary>
    /// <returns>Its length: receive behind it.</returns>
    public int Restore(Span<byte> buffer)
    {
        _cut.CopyTo(buffer);
        return _cut.Length;
    }

    /// <summary>Leaves all of it over for the next time.</summary>
    public void Leave(ReadOnlySpan<byte> received) => _cut = received.IsEmpty ? [] : received.ToArray();

    /// <summary>Takes the whole frames of what was received, and leaves over what comes after them.</summary>
    /// <exception cref="InvalidDataException">What came is not the protocol.</exception>
    public void Read(ReadOnlySpan<byte> received)
    {
        var rest = received;
        while (ServerFrame.TryRead(rest, out var frame))
        {
            Take(frame);
            rest = rest[frame.Length..];
        }

        Leave(rest);
    }

    private void Take(ServerFrame frame)
    {
        switch (frame.Opcode)
        {
            case Opcode.Ping:
                listener.OnPing(frame.Payload);
                break;
            case Opcode.Pong:
                break;
            case Opcode.Close:
                listener.OnClose(frame.Payload.Length >= 2 ? (frame.Payload[0] << 8) | frame.Payload[1] : 1005);
                break;
            default:
                if (_inMessage != (frame.Opcode == Opcode.Continuation))
                {
                    throw new InvalidDataException("A message within a message, or the end of none.");
                }

                _inMessage = !frame.IsLast;
                Split(frame.Payload);
                break;
        }
    }

    private void Split(ReadOnlySpan<byte> payload)
    {
        while (payload.IndexOf(RecordSeparator) is >= 0 and var end)
        {
            if (_begun is null)
            {
                listener.OnRecord(payload[..end]);
            }
            else
            {
                Keep(payload[..end]);
                listener.OnRecord(_begun.WrittenSpan);
                _begun = null;
            }

            payload = payload[(end + 1)..];
        }

        if (!payload.IsEmpty)
        {
            Keep(payload);
        }
    }

    private void Keep(ReadOnlySpan<byte> part)
    {
        _begun ??= new ArrayBufferWriter<byte>(part.Length);
        if (_begun.WrittenCount + part.Length > ServerFrame.MaxPayload)
        {
            throw new InvalidDataException("A message without an end.");
        }

        _begun.Write(part);
    }
}
