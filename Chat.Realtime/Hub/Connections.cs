using Chat.Contracts.Events;
using Chat.Realtime.FanOut;
using Chat.Realtime.People;
using Chat.ServiceDefaults.Authentication;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Options;

namespace Chat.Realtime.Hub;

/// <summary>
/// Where connections come and go. SignalR's own groups are not used: awaiting a group's sends lets three silent clients stall all
/// others for ten seconds (measured), and its users are found by scanning all connections.
/// </summary>
internal sealed partial class Connections(
    Audience audience, EndedSessions ended, Arrivals arrivals, RedisWatch redis, Presences presences, Watched watched, IOptions<RealtimeOptions> options,
    ILogger<DefaultHubLifetimeManager<ChatHub>> signalr, ILogger<Connections> log)
    : DefaultHubLifetimeManager<ChatHub>(signalr)
{
    private const string ReasonItem = "chat.reason";

    /// <summary>How long a client may be kept waiting for <c>ready</c> before it is sent elsewhere.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>Runs before the first message of the client is read, and while the node catches up with its conversations.</summary>
    public override async Task OnConnectedAsync(HubConnectionContext hub)
    {
        await base.OnConnectedAsync(hub);
        RealtimeMetrics.ConnectionOpened();
        var user = hub.User;
        var connection = new Connection(hub, user.UserId(), user.SessionId(), ExpiresAt(hub), options.Value.MaxPendingSends);
        hub.Items[typeof(Connection)] = connection;
        hub.Features.Get<CallMeter>()?.Exceeded = () => _ = connection.CloseAsync(CloseReason.TooManyCalls);

        if (audience.Add(connection, options.Value.MaxConnectionsPerUser) is not { } hearing)
        {
            await connection.CloseAsync(CloseReason.TooManyConnections);
            return;
        }

        // Ended between the check of the token and now, when nobody could find this connection to close it.
        if (ended.Contains(connection.SessionId))
        {
            await connection.CloseAsync(CloseReason.SignedOut);
            return;
        }

        try
        {
            await hearing.WaitAsync(Patience, hub.ConnectionAborted);
            var (ownRev, heads) = audience.HeadsOf(connection.UserId);
            var ready = new Ready(connection.UserId, ownRev, heads, arrivals.CatchUpWithin);
            connection.Send(HubFrame.Invoke("ready", ready, ConnectionJson.Default.Ready));
            if (redis.Word is { } word)
            {
                connection.Send(HubFrame.Invoke("degraded", word, ConnectionJson.Default.Degraded));
            }

            presences.Came(connection, hub.GetHttpContext()?.Request.Query["presence"]);
        }
        catch (TimeoutException)
        {
            LogNotReady(log);
            await connection.CloseAsync(CloseReason.Unavailable);
        }
        catch (OperationCanceledException)
        {
            // Gone before it was ready.
        }
    }

    public override async Task OnDisconnectedAsync(HubConnectionContext hub)
    {
        await base.OnDisconnectedAsync(hub);
        if (hub.Items.TryGetValue(typeof(Connection), out var item) && item is Connection connection)
        {
            connection.HasEnded = true;
            audience.Remove(connection);
            presences.Left(connection);
            watched.Left(connection);
            RealtimeMetrics.ConnectionClosed(
                connection.Closing ?? (connection.Pending > 0 ? CloseReason.TooSlow : Reason(hub.Items)));
        }
    }

    /// <summary>Keeps why the connection ended, where nothing on this side decided it.</summary>
    public static void Ended(HubCallerContext context, Exception? exception) => context.Items[ReasonItem] = exception switch
    {
        null => CloseReason.ClientLeft,
        InvalidDataException => CloseReason.ProtocolError,
        _ => CloseReason.Lost,
    };

    public static Connection Of(HubCallerContext context) => (Connection)context.Items[typeof(Connection)]!;

    private static CloseReason Reason(IDictionary<object, object?> items) =>
        items.TryGetValue(ReasonItem, out var reason) && reason is CloseReason known ? known : CloseReason.Lost;

    private static DateTimeOffset ExpiresAt(HubConnectionContext hub) =>
        hub.GetHttpContext()?.Features.Get<IAuthenticateResultFeature>()?.AuthenticateResult?.Properties?.ExpiresUtc
        ?? DateTimeOffset.MaxValue;

    [LoggerMessage(LogLevel.Warning, "A connection was closed because its user's conversations could not be read in time")]
    private static partial void LogNotReady(ILogger logger);
}
