using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Chat.LoadTests.Measuring;

namespace Chat.LoadTests.Http;

/// <summary>One user's calls to the API over one connection, each of them recorded.</summary>
/// <param name="server">The replica that this user is connected to.</param>
/// <param name="accessToken">The user's token as it is now; null for a server that asks for none.</param>
/// <param name="timeout">How long each call may take; null: <see cref="Timeout"/>.</param>
internal sealed class ApiClient(Uri server, Func<string>? accessToken, TimeSpan? timeout = null) : IDisposable
{
    /// <summary>After this long a call has failed, as people see it.</summary>
    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);

    private readonly HttpConnection _connection = new(server, timeout ?? Timeout);
    private readonly ArrayBufferWriter<byte> _request = new(1024);
    private readonly ArrayBufferWriter<byte> _body = new(512);
    private Utf8JsonWriter? _json;

    /// <summary>What a call came to: what it was answered; null where it was not, and whether it was carried out is not known.</summary>
    public Task<HttpAnswer?> GetAsync(string endpoint, string path, long due, Recorder recorder, CancellationToken stop)
    {
        Write("GET", path, []);
        return CallAsync(endpoint, 200, due, recorder, stop);
    }

    /// <inheritdoc cref="GetAsync"/>
    /// <param name="expected">The status that counts as accepted.</param>
    public Task<HttpAnswer?> SendAsync<T>(
        string endpoint, string method, string path, T body, JsonTypeInfo<T> type, int expected, long due, Recorder recorder, CancellationToken stop)
    {
        _body.ResetWrittenCount();
        (_json ??= new Utf8JsonWriter(_body, new JsonWriterOptions { SkipValidation = true })).Reset();
        JsonSerializer.Serialize(_json, body, type);
        Write(method, path, _body.WrittenSpan);
        return CallAsync(endpoint, expected, due, recorder, stop);
    }

    /// <summary>Without a body.</summary>
    /// <inheritdoc cref="SendAsync{T}"/>
    public Task<HttpAnswer?> SendAsync(
        string endpoint, string method, string path, int expected, long due, Recorder recorder, CancellationToken stop)
    {
        Write(method, path, []);
        return CallAsync(endpoint, expected, due, recorder, stop);
    }

    public void Dispose()
    {
        _connection.Dispose();
        _json?.Dispose();
    }

    private async Task<HttpAnswer?> CallAsync(string endpoint, int expected, long due, Recorder recorder, CancellationToken stop)
    {
        try
        {
            var answer = await _connection.SendAsync(_request.WrittenMemory, stop);
            if (answer.Status == expected)
            {
                recorder.Succeeded(endpoint, due, answer.Bytes);
            }
            else
            {
                recorder.Failed(endpoint, due, answer.Status.ToString(CultureInfo.InvariantCulture));
            }

            return answer;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return null;
        }
        catch (TimeoutException)
        {
            recorder.Failed(endpoint, due, "timeout");
            return null;
        }
        catch (IOException)
        {
            recorder.Failed(endpoint, due, "connection");
            return null;
        }
    }

    private void Write(string method, string path, ReadOnlySpan<byte> body)
    {
        _request.ResetWrittenCount();
        Text(method);
        Text(" ");
        Text(path);
        Text(" HTTP/1.1\r\nHost: ");
        Text(server.Authority);
        if (accessToken is not null)
        {
            Text("\r\nAuthorization: Bearer ");
            Text(accessToken());
        }

        if (method != "GET")
        {
            Text("\r\nContent-Type: application/json\r\nContent-Length: ");
            Text(body.Length.ToString(CultureInfo.InvariantCulture));
        }

        Text("\r\n\r\n");
        _request.Write(body);

        void Text(string text) => Encoding.ASCII.GetBytes(text, _request);
    }
}
