using System.Text.Json;
using Chat.Contracts.Events;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;

namespace Chat.Client;

/// <summary>What a link tells. Called one after the other.</summary>
internal interface IHubEvents
{
    void OnReady(Ready ready);

    void OnReceive(JsonElement e);

    void OnHeads(NewHeads heads);

    void OnDegraded(Degraded degraded);

    void OnRecovered();
}

/// <summary>
/// Keeps one connection to the hub, of whichever node takes it: after each end the next, when the server said (<c>closing.after</c>), or
/// after a pause of the client's own. Ends only where the server says that another attempt makes no sense.
/// </summary>
internal sealed class HubLink(ClientOptions options, Session session, IHubEvents events)
{
    private static readonly TimeSpan LeaveTimeout = TimeSpan.FromSeconds(2);
    private volatile Connection? _connection;
    private int _node = Random.Shared.Next(options.Realtime.Count);

    /// <returns>Why no connection will be made any more: the server's code.</returns>
    public async Task<string> RunAsync(CancellationToken stop)
    {
        string? refused = null;
        for (var attempt = 0; ; attempt++)
        {
            var token = await session.AccessTokenAsync(refused, stop);
            refused = null;
            var connection = new Connection(Build(options.Realtime[_node++ % options.Realtime.Count], token), events);
            _connection = connection;
            var closing = await connection.LiveAsync(options, stop);
            attempt = connection.WasReady ? 0 : attempt;
            try
            {
                if (closing is { Reconnect: false } last)
                {
                    return last.Code;
                }

                refused = closing?.Code == "tokenExpired" || connection.WasRefused ? token : null;
                // Pushes still come through the old one while the new one is waited for.
                // The server's own moment for this client, or a jittered pause: docs/realtime.md.
                await Task.Delay(closing is null ? options.Backoff.Pause(attempt) : TimeSpan.FromMilliseconds(closing.After), stop);
            }
            finally
            {
                await connection.LeaveAsync(LeaveTimeout);
            }
        }
    }

    /// <summary>Gives up the connection there is; the next is made after the first pause.</summary>
    public void Reconnect() => _connection?.Cut();

    private HubConnection Build(Uri node, string token)
    {
        var address = new UriBuilder(node)
        {
            Scheme = node.Scheme == Uri.UriSchemeHttps ? Uri.UriSchemeWss : Uri.UriSchemeWs,
            Path = "/hub",
        }.Uri;
        var builder = new HubConnectionBuilder().WithServerTimeout(options.ServerTimeout);
        builder.Services.AddSingleton<IConnectionFactory>(new WebSocketConnectionFactory(token));
        builder.Services.AddSingleton<System.Net.EndPoint>(new UriEndPoint(address));
        return builder.Build();
    }

    private sealed class Connection
    {
        private readonly HubConnection _hub;
        private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource<Closing?> _over = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Connection(HubConnection hub, IHubEvents events)
        {
            _hub = hub;
            hub.On<JsonElement>("ready", json => Tell(() =>
            {
                events.OnReady(json.Deserialize(ConnectionJson.Default.Ready)!);
                _ready.TrySetResult();
            }));
            hub.On<JsonElement>("receive", json => Tell(() => events.OnReceive(json)));
            hub.On<JsonElement>("heads", json => Tell(() => events.OnHeads(json.Deserialize(ConnectionJson.Default.NewHeads)!)));
            hub.On<JsonElement>("degraded", json => Tell(() => events.OnDegraded(json.Deserialize(ConnectionJson.Default.Degraded)!)));
            hub.On<JsonElement>("recovered", _ => Tell(events.OnRecovered));
            hub.On<JsonElement>("closing", json => _over.TrySetResult(json.Deserialize(ConnectionJson.Default.Closing)));
            hub.Closed += _ =>
            {
                _over.TrySetResult(null);
                return Task.CompletedTask;
            };

            void Tell(Action what)
            {
                lock (events)
                {
                    what();
                }
            }
        }

        public bool WasReady => _ready.Task.IsCompletedSuccessfully;

        /// <summary>The token was not taken.</summary>
        public bool WasRefused { get; private set; }

        /// <returns>The server's last word; null: there was none.</returns>
        public async Task<Closing?> LiveAsync(ClientOptions options, CancellationToken stop)
        {
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(stop);
            patience.CancelAfter(options.ConnectTimeout);
            try
            {
                await _hub.StartAsync(patience.Token);
                await Task.WhenAny(_ready.Task, _over.Task).WaitAsync(patience.Token);
            }
            catch (HubRefusedException e)
            {
                WasRefused = e.Status == 401;
                return null;
            }
            catch (Exception) when (!stop.IsCancellationRequested)
            {
                // Whatever it was, the next attempt is at another node.
                return null;
            }

            return await _over.Task.WaitAsync(stop);
        }

        public void Cut() => _over.TrySetResult(null);

        // Bounds the wait for the closing handshake: the node may be dead.
        public async Task LeaveAsync(TimeSpan within) =>
            await Task.WhenAny(_hub.DisposeAsync().AsTask(), Task.Delay(within));
    }
}
