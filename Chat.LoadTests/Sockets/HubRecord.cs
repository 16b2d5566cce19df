using System.Text.Json;

namespace Chat.LoadTests.Sockets;

/// <summary>One message of SignalR's JSON protocol, as far as the hub's clients need it (HubProtocol.md, "JSON Encoding").</summary>
internal readonly ref struct HubRecord
{
    public const int Invocation = 1;
    public const int Close = 7;

    private HubRecord(int type, ReadOnlySpan<byte> target, ReadOnlySpan<byte> argument)
    {
        Type = type;
        Target = target;
        Argument = argument;
    }

    /// <summary>0 where there is none: the handshake's answer.</summary>
    public int Type { get; }

    /// <summary>The client's method that is called.</summary>
    public ReadOnlySpan<byte> Target { get; }

    /// <summary>The JSON of its first argument.</summary>
    public ReadOnlySpan<byte> Argument { get; }

    /// <summary>How the hub writes a push: read by this beginning alone, as nearly all messages are that.</summary>
    private static ReadOnlySpan<byte> Push => """{"type":1,"target":"receive","arguments":["""u8;

    /// <exception cref="JsonException">It is no JSON object.</exception>
    public static HubRecord Read(ReadOnlySpan<byte> record)
    {
        if (record.StartsWith(Push) && record.EndsWith("]}"u8))
        {
            return new HubRecord(Invocation, "receive"u8, record[Push.Length..^2]);
        }

        var type = 0;
        ReadOnlySpan<byte> target = default, argument = default;
        var reader = new Utf8JsonReader(record);
        JsonValue.Begin(ref reader);
        while (JsonValue.NextName(ref reader))
        {
            if (reader.ValueTextEquals("type"u8))
            {
                type = (int)JsonValue.Number(ref reader);
            }
            else if (reader.ValueTextEquals("target"u8))
            {
                target = JsonValue.Text(ref reader);
            }
            else if (reader.ValueTextEquals("arguments"u8))
            {
                argument = First(ref reader, record);
            }
            else
            {
                JsonValue.Skip(ref reader);
            }
        }

        return new HubRecord(type, target, argument);
    }

    /// <summary>Whether it is the handshake's answer, and not yes.</summary>
    public static bool IsRefusal(ReadOnlySpan<byte> record) => record.StartsWith("""{"error":"""u8);

    private static ReadOnlySpan<byte> First(scoped ref Utf8JsonReader reader, ReadOnlySpan<byte> record)
    {
        ReadOnlySpan<byte> first = default;
        reader.Read();
        var depth = reader.CurrentDepth;
        while (reader.Read() && reader.CurrentDepth > depth)
        {
            var start = (int)reader.TokenStartIndex;
            reader.Skip();
            first = first.IsEmpty ? record[start..(int)reader.BytesConsumed] : first;
        }

        return first;
    }
}
