using System.Buffers.Binary;

namespace Chat.LoadTests.Sockets;

/// <summary>What a frame of a WebSocket is (RFC 6455, section 5.2).</summary>
internal enum Opcode : byte
{
    Continuation = 0,
    Text = 1,
    Close = 8,
    Ping = 9,
    Pong = 10,
}

/// <summary>One whole frame of a server, where it lies in the buffer: a server's frames are not masked, so there is nothing to copy.</summary>
internal readonly ref struct ServerFrame
{
    /// <summary>More than any push; a longer frame is an error, so that no header can ask for memory without end.</summary>
    public const int MaxPayload = 1024 * 1024;

    private const int MaxControlPayload = 125;

    private ServerFrame(Opcode opcode, bool isLast, ReadOnlySpan<byte> payload, int length)
    {
        Opcode = opcode;
        IsLast = isLast;
        Payload = payload;
        Length = length;
    }

    public Opcode Opcode { get; }

    /// <summary>Whether its message ends with it.</summary>
    public bool IsLast { get; }

    public ReadOnlySpan<byte> Payload { get; }

    /// <summary>With its header, in bytes.</summary>
    public int Length { get; }

    /// <summary>The frame at the beginning of what was received; false where it is not whole yet.</summary>
    /// <exception cref="InvalidDataException">It is none that a server may send here.</exception>
    public static bool TryRead(ReadOnlySpan<byte> received, out ServerFrame frame)
    {
        frame = default;
        if (received.Length < 2)
        {
            return false;
        }

        var (isLast, opcode) = ((received[0] & 0x80) != 0, (Opcode)(received[0] & 0x7F));
        var isControl = opcode >= Opcode.Close;
        if (!Enum.IsDefined(opcode) || received[1] > 127 || (isControl && (!isLast || received[1] > MaxControlPayload)))
        {
            throw new InvalidDataException($"The frame begins with {received[0]:x2} {received[1]:x2}.");
        }

        var header = received[1] switch { 126 => 4, 127 => 10, _ => 2 };
        if (received.Length < header)
        {
            return false;
        }

        ulong payload = header switch
        {
            4 => BinaryPrimitives.ReadUInt16BigEndian(received[2..]),
            10 => BinaryPrimitives.ReadUInt64BigEndian(received[2..]),
            _ => received[1],
        };
        if (payload > MaxPayload)
        {
            throw new InvalidDataException($"A frame of {payload} bytes.");
        }

        var length = header + (int)payload;
        if (received.Length < length)
        {
            return false;
        }

        frame = new ServerFrame(opcode, isLast, received[header..length], length);
        return true;
    }
}
