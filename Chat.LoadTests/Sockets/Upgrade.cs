using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Chat.LoadTests.Sockets;

/// <summary>The opening handshake of a WebSocket (RFC 6455, section 4).</summary>
internal sealed class Upgrade
{
    private const string Magic = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    private const int MaxAnswer = 16 * 1024;
    private readonly string _key = Convert.ToBase64String(RandomNumberGenerator.GetBytes(16));

    public byte[] Request(Uri realtime, string accessToken) => Encoding.ASCII.GetBytes(
        $"GET {realtime.AbsolutePath.TrimEnd('/')}/hub HTTP/1.1\r\nHost: {realtime.Authority}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        + $"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: {_key}\r\nAuthorization: Bearer {accessToken}\r\n\r\n");

    /// <summary>
    /// Reads the answer's head, once it is whole. Its status is 101 when the connection is a WebSocket now; what follows it is frames.
    /// </summary>
    /// <exception cref="InvalidDataException">It is no answer to this request.</exception>
    public bool TryReadAnswer(ReadOnlySpan<byte> received, out int status, out int length)
    {
        status = 0;
        var head = received.IndexOf("\r\n\r\n"u8);
        length = head + 4;
        if (head < 0)
        {
            return received.Length < MaxAnswer ? false : throw new InvalidDataException("The answer has no end.");
        }

        if (!received.StartsWith("HTTP/1.1 "u8) || !Utf8Parser.TryParse(received[9..], out status, out _)
            || (status == 101 && !Encoding.ASCII.GetString(received[..head]).Contains(Accept(), StringComparison.Ordinal)))
        {
            throw new InvalidDataException("Not the answer of a WebSocket server.");
        }

        return true;
    }

    private string Accept() => Convert.ToBase64String(SHA1.HashData(Encoding.ASCII.GetBytes(_key + Magic)));
}
