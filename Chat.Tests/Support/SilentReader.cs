using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;

namespace Chat.Tests.Support;

/// <summary>
/// A connection to the hub that says what it likes and reads only when asked to. With a small receive buffer, so that what it does not
/// read soon stands in the server's way.
/// </summary>
internal sealed class SilentReader : IDisposable
{
    private readonly Socket _socket;

    private SilentReader(Socket socket) => _socket = socket;

    /// <summary>Connects and shakes hands; from then on reads nothing.</summary>
    public static async Task<SilentReader> ConnectAsync(ChatApplication chat, string node, string token)
    {
        var uri = Listener.HubUri(chat, node, token);
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { ReceiveBufferSize = 4096 };
        var reader = new SilentReader(socket);
        await socket.ConnectAsync(IPAddress.Loopback, uri.Port);
        var key = Convert.ToBase64String(RandomNumberGenerator.GetBytes(16));
        await socket.SendAsync(Encoding.ASCII.GetBytes(
            $"GET {uri.PathAndQuery} HTTP/1.1\r\nHost: {uri.Authority}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            + $"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: {key}\r\n\r\n"));
        Assert.StartsWith("HTTP/1.1 101", await reader.ReadSomeAsync(), StringComparison.Ordinal);
        await reader.SendAsync("""{"protocol":"json","version":1}""");
        return reader;
    }

    /// <summary>Sends a SignalR message, as one masked text frame (RFC 6455, section 5.2).</summary>
    public async Task SendAsync(string message)
    {
        var payload = Encoding.UTF8.GetBytes(message + '\u001e');
        byte[] length = payload.Length < 126
            ? [(byte)(0x80 | payload.Length)]
            : [0x80 | 126, (byte)(payload.Length >> 8), (byte)payload.Length];
        await _socket.SendAsync((byte[])[0x81, .. length, 0, 0, 0, 0, .. payload]);
    }

    /// <summary>False once the server has reset the connection; what it sent before need not have been read.</summary>
    public bool IsConnected => !_socket.Poll(0, SelectMode.SelectError);

    /// <summary>Reads what is there; "" at the end of the connection.</summary>
    public async Task<string> ReadSomeAsync()
    {
        var buffer = new byte[64 * 1024];
        try
        {
            using var patience = new CancellationTokenSource(ChatApplication.Patience);
            return Encoding.UTF8.GetString(buffer, 0, await _socket.ReceiveAsync(buffer, patience.Token));
        }
        catch (SocketException)
        {
            return "";
        }
    }

    /// <summary>
    /// Reads until the server has closed the connection, and returns all it said. Told by a close message (SignalR's type 7) that it
    /// is over, it hangs up on its side too, as clients do; else the server would wait five seconds for that.
    /// </summary>
    public async Task<string> ReadToEndAsync()
    {
        var all = new StringBuilder();
        var started = Stopwatch.GetTimestamp();
        while (await ReadSomeAsync() is { Length: > 0 } some)
        {
            all.Append(some);
            if (some.Contains("\"type\":7", StringComparison.Ordinal))
            {
                _socket.Shutdown(SocketShutdown.Send);
            }

            Assert.True(Stopwatch.GetElapsedTime(started) < ChatApplication.Patience, $"The connection was not closed: {all}");
        }

        return all.ToString();
    }

    public void Dispose() => _socket.Dispose();
}
