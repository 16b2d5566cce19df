using System.Net.Security;
using System.Net.Sockets;

namespace Chat.LoadTests.Http;

/// <summary>
/// One connection that stays open, one request on it at a time (HTTP/1.1, RFC 9112): what a load generator needs of HTTP and no more,
/// at a fraction of a general client's cost, because the generator runs on the cores that it measures. Opened when first
/// needed, and again after it was lost.
/// </summary>
internal sealed class HttpConnection(Uri server, TimeSpan timeout) : IDisposable
{
    private readonly AnswerReader _reader = new();
    private CancellationTokenSource _patience = new();
    private Stream? _stream;

    /// <summary>Sends a whole request as it is and reads the whole answer.</summary>
    /// <exception cref="IOException">The connection could not be opened, was lost, or the answer is not HTTP. Whether the request was carried out is not known.</exception>
    /// <exception cref="TimeoutException">No answer in time. As above.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="stop"/> was cancelled.</exception>
    public async ValueTask<HttpAnswer> SendAsync(ReadOnlyMemory<byte> request, CancellationToken stop)
    {
        var whole = false;
        if (!_patience.TryReset())
        {
            _patience.Dispose();
            _patience = new CancellationTokenSource();
        }

        _patience.CancelAfter(timeout);
        using var stopping = stop.UnsafeRegister(static patience => ((CancellationTokenSource)patience!).Cancel(), _patience);
        try
        {
            _stream ??= await OpenAsync(_patience.Token);
            await _stream.WriteAsync(request, _patience.Token);
            var answer = await _reader.ReadAsync(_stream, _patience.Token);
            whole = !_reader.Closes;
            return answer;
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            throw new TimeoutException($"No answer within {timeout.TotalSeconds:0.#} s.");
        }
        catch (SocketException e)
        {
            throw new IOException(e.Message, e);
        }
        finally
        {
            if (!whole)
            {
                Close();
            }
        }
    }

    /// <summary>The next request opens a new connection.</summary>
    public void Close()
    {
        _stream?.Dispose();
        _stream = null;
    }

    public void Dispose()
    {
        Close();
        _patience.Dispose();
    }

    private async Task<Stream> OpenAsync(CancellationToken cancellationToken)
    {
        _reader.Clear();
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(server.Host, server.Port, cancellationToken);
            Stream stream = new NetworkStream(socket, ownsSocket: true);
            if (server.Scheme == Uri.UriSchemeHttps)
            {
                var secure = new SslStream(stream);
                await secure.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = server.Host }, cancellationToken);
                stream = secure;
            }

            return stream;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
