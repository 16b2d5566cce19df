using System.Buffers.Binary;
using System.Text;

namespace Chat.LoadTests.Stacks.Telemetry;

/// <summary>
/// Reads the fields of a Protocol Buffers message in the order in which they were written
/// (protobuf.dev/programming-guides/encoding). What is cut off or of no known type ends in an <see cref="InvalidDataException"/>.
/// </summary>
internal ref struct ProtobufReader(ReadOnlySpan<byte> message)
{
    private const int LongestVarint = 10;
    private ReadOnlySpan<byte> _rest = message;
    private WireType _type;

    private enum WireType
    {
        Varint = 0,
        Fixed64 = 1,
        Bytes = 2,
        Fixed32 = 5,
    }

    /// <summary>The number of the field that was come to.</summary>
    public int Field { get; private set; }

    /// <summary>Goes to the next field. The one before must have been read or skipped.</summary>
    public bool Next()
    {
        if (_rest.IsEmpty)
        {
            return false;
        }

        var tag = ReadVarint();
        Field = (int)(tag >> 3);
        _type = (WireType)(tag & 7);
        return true;
    }

    /// <summary>A string, a message within this one, or packed numbers.</summary>
    public ReadOnlySpan<byte> ReadBytes()
    {
        Require(WireType.Bytes);
        var length = ReadVarint();
        return Take(length <= (ulong)_rest.Length ? (int)length : throw CutOff());
    }

    public string ReadString() => Encoding.UTF8.GetString(ReadBytes());

    public ulong ReadFixed64()
    {
        Require(WireType.Fixed64);
        return BinaryPrimitives.ReadUInt64LittleEndian(Take(sizeof(ulong)));
    }

    public double ReadDouble() => BitConverter.UInt64BitsToDouble(ReadFixed64());

    public void Skip()
    {
        switch (_type)
        {
            case WireType.Varint:
                ReadVarint();
                break;
            case WireType.Fixed64:
                Take(sizeof(ulong));
                break;
            case WireType.Bytes:
                ReadBytes();
                break;
            case WireType.Fixed32:
                Take(sizeof(uint));
                break;
            default:
                throw new InvalidDataException($"Field {Field} is of the unknown wire type {(int)_type}.");
        }
    }

    /// <summary>Seven bits a byte, the lowest first; the top bit says that more follow.</summary>
    public ulong ReadVarint()
    {
        var value = 0UL;
        for (var i = 0; i < LongestVarint; i++)
        {
            var next = Take(1)[0];
            value |= (ulong)(next & 0x7F) << (7 * i);
            if (next < 0x80)
            {
                return value;
            }
        }

        throw new InvalidDataException("A number is longer than 64 bits.");
    }

    private readonly void Require(WireType type)
    {
        if (_type != type)
        {
            throw new InvalidDataException($"Field {Field} is of the wire type {_type}, not {type}.");
        }
    }

    private ReadOnlySpan<byte> Take(int count)
    {
        var taken = count <= _rest.Length ? _rest[..count] : throw CutOff();
        _rest = _rest[count..];
        return taken;
    }

    private static InvalidDataException CutOff() => new("The message is cut off.");
}
