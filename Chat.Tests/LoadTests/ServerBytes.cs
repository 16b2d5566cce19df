using System.Text;

namespace Chat.Tests.LoadTests;

/// <summary>Frames as a WebSocket server writes them (RFC 6455, section 5.2).</summary>
internal static class ServerBytes
{
    public const char End = '\u001e';

    public static byte[] Text(string payload, bool isLast = true) => Frame((byte)(isLast ? 0x81 : 0x01), payload);

    public static byte[] Continuation(string payload, bool isLast) => Frame((byte)(isLast ? 0x80 : 0x00), payload);

    public static byte[] Ping(string payload) => Frame(0x89, payload);

    public static byte[] Close(int code) => [0x88, 2, (byte)(code >> 8), (byte)code];

    public static byte[] Frame(byte first, string payload)
    {
        var bytes = Encoding.UTF8.GetBytes(payload);
        byte[] length = bytes.Length switch
        {
            < 126 => [(byte)bytes.Length],
            <= ushort.MaxValue => [126, (byte)(bytes.Length >> 8), (byte)bytes.Length],
            _ => [127, 0, 0, 0, 0, (byte)(bytes.Length >> 24), (byte)(bytes.Length >> 16), (byte)(bytes.Length >> 8), (byte)bytes.Length],
        };
        return [first, .. length, .. bytes];
    }
}
