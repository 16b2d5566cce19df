using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Chat.Tests.Support;

/// <summary>Speaks clamd's protocol, byte by byte, and finds what the tests say is harmful. Refuses every connection until it is started.</summary>
internal sealed class FakeClamd : IAsyncDisposable
{
    /// <summary>It finds this wherever it stands.</summary>
    public const string Harmful = "this-is-harmful-for-tests";

    /// <summary>A stream may have so many bytes.</summary>
    public const int LimitBytes = 300_000;

    private readonly CancellationTokenSource _stop = new();
    private TcpListener? _listener;
    private Task _accepting = Task.CompletedTask;
    private int _cuts;

    public FakeClamd()
    {
        using var free = new TcpListener(IPAddress.Loopback, 0);
        free.Start();
        Port = ((IPEndPoint)free.LocalEndpoint).Port;
    }

    public int Port { get; }

    public void Start()
    {
        _listener = new TcpListener(IPAddress.Loopback, Port);
        _listener.Start();
        _accepting = AcceptAsync();
    }

    /// <summary>Cuts so many of the next connections in the middle of a stream.</summary>
    public void Cut(int connections) => Volatile.Write(ref _cuts, connections);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener?.Dispose();
        await _accepting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            _ = ServeAsync(await _listener!.AcceptTcpClientAsync(_stop.Token));
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                var stream = client.GetStream();
                var answer = await CommandAsync(stream) switch
                {
                    "zPING" => "PONG",
                    "zINSTREAM" => await ScanAsync(stream),
                    _ => "UNKNOWN COMMAND",
                };
                if (answer is not null)
                {
                    await stream.WriteAsync(Encoding.ASCII.GetBytes($"{answer}\0"), _stop.Token);
                }
            }
            catch (Exception e) when (e is IOException or OperationCanceledException)
            {
                // The other end has gone.
            }
        }
    }

    private async Task<string> CommandAsync(NetworkStream stream)
    {
        var (command, one) = (new List<byte>(), new byte[1]);
        while (command.Count < 100)
        {
            await stream.ReadExactlyAsync(one, _stop.Token);
            if (one[0] == 0)
            {
                break;
            }

            command.Add(one[0]);
        }

        return Encoding.ASCII.GetString([.. command]);
    }

    /// <summary>Null: it hangs up.</summary>
    private async Task<string?> ScanAsync(NetworkStream stream)
    {
        var (all, size) = (new MemoryStream(), new byte[4]);
        while (true)
        {
            await stream.ReadExactlyAsync(size, _stop.Token);
            var length = BinaryPrimitives.ReadInt32BigEndian(size);
            if (length == 0)
            {
                return Encoding.Latin1.GetString(all.ToArray()).Contains(Harmful, StringComparison.Ordinal) ? "stream: Test-Signature FOUND" : "stream: OK";
            }

            var chunk = new byte[length];
            await stream.ReadExactlyAsync(chunk, _stop.Token);
            all.Write(chunk);
            if (Interlocked.Decrement(ref _cuts) >= 0)
            {
                return null;
            }

            if (all.Length > LimitBytes)
            {
                return "INSTREAM size limit exceeded. ERROR";
            }
        }
    }
}
