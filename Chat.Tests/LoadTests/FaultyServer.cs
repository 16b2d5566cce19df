using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using Chat.Contracts;
using Chat.Contracts.Events;
using Chat.Contracts.Messages;
using Chat.LoadTests.Ledgers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Chat.Tests.LoadTests;

/// <summary>How a push gets to a recipient; a server at fault does something else than to send it.</summary>
internal delegate Task Deliver(FaultyServer.Ear ear, long seq, byte[] push);

/// <summary>
/// A server of one conversation, in this process: messages are posted and pushed as by the application, except for what a test has it
/// do wrong. The access token is the recipient's number.
/// </summary>
internal sealed class FaultyServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly Deliver _deliver;
    private readonly List<Ear> _ears = [];
    private readonly List<DatabaseRow> _rows = [];

    private FaultyServer(Deliver deliver)
    {
        _deliver = deliver;
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _app = builder.Build();
        _app.UseWebSockets();
        _app.MapPost("/api/conversations/{id:guid}/messages", SendAsync);
        _app.Map("/hub", HearAsync);
    }

    public Uri Address => new(_app.Urls.Single());

    /// <summary>What it has stored: all that it acknowledged, until a test changes it.</summary>
    public List<DatabaseRow> Rows => _rows;

    public IReadOnlyList<Ear> Ears => _ears;

    public static async Task<FaultyServer> StartAsync(Deliver? deliver = null)
    {
        var server = new FaultyServer(deliver ?? ((ear, _, push) => ear.SendAsync(push)));
        await server._app.StartAsync();
        return server;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task SendAsync(Guid id, HttpContext context)
    {
        var request = (await context.Request.ReadFromJsonAsync(ContractsJson.Default.SendMessageRequest))!;
        var seq = _rows.Count + 1;
        _rows.Add(new DatabaseRow(id, seq, request.ClientId));
        var message = new Message(id, seq, seq, Guid.NewGuid(), request.ClientId, MessageKind.Text, request.Text ?? "", DateTimeOffset.UtcNow);
        var push = Invocation("receive", JsonSerializer.Serialize(new MessageSent(id, seq, seq, 1, message), ContractsJson.Default.MessageSent));
        foreach (var ear in _ears)
        {
            await _deliver(ear, seq, push);
        }

        context.Response.StatusCode = StatusCodes.Status201Created;
        await context.Response.WriteAsJsonAsync(message, ContractsJson.Default.Message);
    }

    private async Task HearAsync(HttpContext context)
    {
        if (!int.TryParse(context.Request.Headers.Authorization.ToString().Replace("Bearer ", "", StringComparison.Ordinal), out var recipient))
        {
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return;
        }

        using var socket = await context.WebSockets.AcceptWebSocketAsync();
        var ear = new Ear(recipient, socket);
        var bytes = new byte[1024];
        await socket.ReceiveAsync(bytes, context.RequestAborted);
        lock (_ears)
        {
            _ears.Add(ear);
        }

        await ear.SendAsync(Encoding.UTF8.GetBytes("{}" + ServerBytes.End));
        await ear.SendAsync(Invocation("ready", "{}"));
        while ((await socket.ReceiveAsync(bytes, context.RequestAborted)).MessageType != WebSocketMessageType.Close)
        {
        }

        await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None);
    }

    private static byte[] Invocation(string target, string json) =>
        Encoding.UTF8.GetBytes($$"""{"type":1,"target":"{{target}}","arguments":[{{json}}]}""" + ServerBytes.End);

    /// <summary>One who is connected.</summary>
    internal sealed class Ear(int recipient, WebSocket socket)
    {
        public int Recipient => recipient;

        /// <summary>Sends in two fragments, which must make no difference.</summary>
        public async Task SendAsync(byte[] record)
        {
            await socket.SendAsync(record.AsMemory(0, record.Length / 2), WebSocketMessageType.Text, endOfMessage: false, CancellationToken.None);
            await socket.SendAsync(record.AsMemory(record.Length / 2), WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);
        }

        /// <summary>Says why, and cuts the connection.</summary>
        public async Task EndAsync(string code)
        {
            await SendAsync(Invocation("closing", JsonSerializer.Serialize(new Closing(code, Reconnect: true, After: 0), ConnectionJson.Default.Closing)));
            await socket.CloseOutputAsync(WebSocketCloseStatus.EndpointUnavailable, null, CancellationToken.None);
        }

        /// <summary>Answers nothing and cuts.</summary>
        public void Cut() => socket.Abort();
    }
}
