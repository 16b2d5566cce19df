using System.IO.Pipelines;
using System.Net;
using System.Net.WebSockets;
using Microsoft.AspNetCore.Connections;

namespace Chat.Client;

/// <summary>
/// What Microsoft.AspNetCore.SignalR.Client.Core needs to connect by a WebSocket without negotiation; the package that has it
/// (SignalR.Client) cannot be had everywhere. The end point is a <see cref="UriEndPoint"/>.
/// </summary>
/// <param name="accessToken">Sent as a header; null: none, or one in the address.</param>
public sealed class WebSocketConnectionFactory(string? accessToken = null) : IConnectionFactory
{
    public async ValueTask<ConnectionContext> ConnectAsync(EndPoint endpoint, CancellationToken cancellationToken = default)
    {
        var socket = new ClientWebSocket { Options = { CollectHttpResponseDetails = true } };
        if (accessToken is not null)
        {
            socket.Options.SetRequestHeader("Authorization", $"Bearer {accessToken}");
        }

        try
        {
            await socket.ConnectAsync(((UriEndPoint)endpoint).Uri, cancellationToken);
        }
        catch (Exception e)
        {
            var status = (int)socket.HttpStatusCode;
            socket.Dispose();
            if (status is 0 or 101)
            {
                throw;
            }

            throw new HubRefusedException(status, e);
        }

        return new WebSocketConnection(socket);
    }
}

/// <summary>The hub did not take a connection.</summary>
/// <param name="status">What it answered: 401, the token is not valid; 403, the page is of another site; 503, not now.</param>
public sealed class HubRefusedException(int status, Exception inner) : Exception($"The hub answered {status}.", inner)
{
    public int Status => status;
}

/// <summary>A connected WebSocket as a pair of pipes.</summary>
internal sealed class WebSocketConnection : DefaultConnectionContext
{
    private readonly ClientWebSocket _socket;
    private readonly Pipe _received = new();
    private readonly Pipe _toSend = new();
    private readonly CancellationTokenSource _closed = new();
    private readonly Task _running;

    public WebSocketConnection(ClientWebSocket socket)
        : base(Guid.NewGuid().ToString())
    {
        _socket = socket;
        Transport = new Duplex(_received.Reader, _toSend.Writer);
        _running = Task.WhenAll(ReceiveAsync(), SendAsync());
    }

    public override async ValueTask DisposeAsync()
    {
        await _toSend.Writer.CompleteAsync();
        // Waits for the closing frames, and bounds that wait: a server that never answers must not hang the client.
        await Task.WhenAny(_running, Task.Delay(TimeSpan.FromSeconds(5)));
        await _closed.CancelAsync();
        _socket.Dispose();
        await base.DisposeAsync();
    }

    private async Task ReceiveAsync()
    {
        Exception? error = null;
        try
        {
            while (true)
            {
                var result = await _socket.ReceiveAsync(_received.Writer.GetMemory(4096), _closed.Token);
                if (result.MessageType == WebSocketMessageType.Close)
                {
                    break;
                }

                _received.Writer.Advance(result.Count);
                await _received.Writer.FlushAsync();
            }
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException or ObjectDisposedException)
        {
            error = e is WebSocketException ? e : null;
        }

        await _received.Writer.CompleteAsync(error);
    }

    private async Task SendAsync()
    {
        try
        {
            while (true)
            {
                var read = await _toSend.Reader.ReadAsync();
                foreach (var part in read.Buffer)
                {
                    await _socket.SendAsync(part, WebSocketMessageType.Text, endOfMessage: true, _closed.Token);
                }

                _toSend.Reader.AdvanceTo(read.Buffer.End);
                if (read.IsCompleted)
                {
                    await _socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, _closed.Token);
                    return;
                }
            }
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException or ObjectDisposedException)
        {
            await _toSend.Reader.CompleteAsync();
        }
    }

    private sealed record Duplex(PipeReader Input, PipeWriter Output) : IDuplexPipe;
}
