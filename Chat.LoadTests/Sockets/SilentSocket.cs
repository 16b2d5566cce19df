using System.Diagnostics;
using System.Net.Sockets;

namespace Chat.LoadTests.Sockets;

/// <summary>
/// A connection to the hub that shakes hands and from then on reads nothing. Its receive buffer is small, so that what it does not read
/// soon stands in the server's way. It goes on pinging: it is slow, not gone.
/// </summary>
internal sealed class SilentSocket : IDisposable
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LookFor = TimeSpan.FromMinutes(1);
    private readonly Socket _socket;
    private readonly CancellationTokenSource _left = new();
    private readonly Task<TimeSpan?> _closed;

    private SilentSocket(Socket socket)
    {
        _socket = socket;
        _closed = Task.Run(WatchAsync);
    }

    /// <exception cref="CannotRunException">The hub did not take it.</exception>
    public static async Task<SilentSocket> ConnectAsync(PushTarget target, CancellationToken cancellationToken)
    {
        var route = (await Routes.ToAsync([target.Realtime], cancellationToken)).For(target.Realtime);
        var socket = new Socket(route.Server.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { ReceiveBufferSize = 4096, NoDelay = true };
        try
        {
            await socket.ConnectAsync(route.Server, cancellationToken);
            var upgrade = new Upgrade();
            await socket.SendAsync(upgrade.Request(target.Realtime, target.AccessToken), cancellationToken);
            var (buffer, length, status) = (new byte[4096], 0, 0);
            while (!upgrade.TryReadAnswer(buffer.AsSpan(0, length), out status, out _))
            {
                var read = await socket.ReceiveAsync(buffer.AsMemory(length), cancellationToken);
                length = read > 0 ? length + read : throw new CannotRunException("The hub hung up on a client that was to be silent.");
            }

            if (status != 101)
            {
                throw new CannotRunException($"The hub answers {status} to a client that was to be silent.");
            }

            await socket.SendAsync(ClientFrame.Handshake, cancellationToken);
            return new SilentSocket(socket);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>How long after the handshake the server closed it; null: it has not, for that long from now on.</summary>
    public async Task<TimeSpan?> ClosedAfterAsync(TimeSpan within)
    {
        await Task.WhenAny(_closed, Task.Delay(within));
        return _closed.IsCompleted ? await _closed : null;
    }

    public void Dispose()
    {
        _left.Cancel();
        _socket.Dispose();
    }

    /// <summary>That it is closed shows in what it sends: to what has been reset nothing can be sent.</summary>
    private async Task<TimeSpan?> WatchAsync()
    {
        var silentFrom = Stopwatch.GetTimestamp();
        using var timer = new PeriodicTimer(Look);
        try
        {
            while (Stopwatch.GetElapsedTime(silentFrom) < LookFor)
            {
                await _socket.SendAsync(ClientFrame.Ping, _left.Token);
                await timer.WaitForNextTickAsync(_left.Token);
            }
        }
        catch (SocketException)
        {
            return Stopwatch.GetElapsedTime(silentFrom);
        }
        catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException)
        {
        }

        return null;
    }
}
