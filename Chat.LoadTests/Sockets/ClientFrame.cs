namespace Chat.LoadTests.Sockets;

/// <summary>
/// The few frames that a client sends. A client must mask (RFC 6455, section 5.3); the mask of zeros leaves the bytes as they are, and
/// what it protects from, proxies that take a frame for something else, does not stand between a load test and its server.
/// </summary>
internal static class ClientFrame
{
    private const int MaxPayload = 125;

    /// <summary>SignalR's handshake (HubProtocol.md, "Handshake").</summary>
    public static readonly byte[] Handshake = Make(Opcode.Text, [.. """{"protocol":"json","version":1}"""u8, HubReader.RecordSeparator]);

    /// <summary>SignalR's ping; a server that hears nothing for 30 s closes.</summary>
    public static readonly byte[] Ping = Make(Opcode.Text, [.. """{"type":6}"""u8, HubReader.RecordSeparator]);

    /// <summary>Code 1000: the purpose of the connection has been fulfilled.</summary>
    public static readonly byte[] Close = Make(Opcode.Close, [0x03, 0xE8]);

    /// <summary>The answer to a ping of the WebSocket, with what it carried.</summary>
    public static byte[] Pong(ReadOnlySpan<byte> payload) => Make(Opcode.Pong, payload);

    private static byte[] Make(Opcode opcode, ReadOnlySpan<byte> payload)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(payload.Length, MaxPayload);
        return [(byte)(0x80 | (byte)opcode), (byte)(0x80 | payload.Length), 0, 0, 0, 0, .. payload];
    }
}
