using System.Net;
using System.Net.Sockets;

namespace Chat.Tests.Support;

/// <summary>Stands between a client and a server, and cuts connections off when so many bytes of a client have passed.</summary>
internal sealed class CuttingProxy : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Uri _server;
    private readonly Queue<int> _cuts;
    private readonly Task _accepting;

    /// <param name="cuts">After how many bytes each connection that lasts so long is cut; when there are no more, none is.</param>
    public CuttingProxy(Uri server, IEnumerable<int> cuts)
    {
        (_server, _cuts) = (server, new Queue<int>(cuts));
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public Uri Address => new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/");

    public int CutsLeft
    {
        get
        {
            lock (_cuts)
            {
                return _cuts.Count;
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Dispose();
        await _accepting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            var client = await _listener.AcceptTcpClientAsync(_stop.Token);
            _ = ServeAsync(client);
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using var server = new TcpClient();
        using (client)
        {
            try
            {
                await server.ConnectAsync(_server.Host, _server.Port, _stop.Token);
                await await Task.WhenAny(
                    UpAsync(client.GetStream(), server.GetStream()), server.GetStream().CopyToAsync(client.GetStream(), _stop.Token));
            }
            catch (Exception e) when (e is IOException or SocketException or OperationCanceledException)
            {
                // Either end has gone.
            }

            client.Client.LingerState = server.Client.LingerState = new LingerOption(true, 0);
        }
    }

    private async Task UpAsync(NetworkStream client, NetworkStream server)
    {
        var (buffer, passed) = (new byte[16 * 1024], 0);
        for (int read; (read = await client.ReadAsync(buffer, _stop.Token)) > 0;)
        {
            passed += read;
            lock (_cuts)
            {
                if (_cuts.TryPeek(out var cut) && passed >= cut)
                {
                    _cuts.Dequeue();
                    return;
                }
            }

            await server.WriteAsync(buffer.AsMemory(0, read), _stop.Token);
        }
    }
}
