using Chat.Data.Events;
using Chat.Data.Presence;
using Chat.Realtime.FanOut;
using Chat.Realtime.People;
using Chat.ServiceDefaults.Authentication;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Options;

namespace Chat.Realtime.Hub;

/// <summary>The hub with all that it needs.</summary>
internal static class HubSetup
{
    private const string Path = "/hub";

    public static void AddChatHub(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<RealtimeOptions>().BindConfiguration(RealtimeOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddSingleton<Audience>();
        builder.Services.AddSingleton<EventSubscriber>();
        builder.Services.AddSingleton<EventFanOut>();
        builder.Services.AddSingleton<EventPublisher>();
        builder.Services.AddSingleton<Arrivals>();
        builder.Services.AddSingleton<Admission>();
        builder.Services.AddSingleton<Drain>();
        builder.Services.AddHealthChecks().AddCheck<Drain>("draining");
        builder.Services.AddSingleton<IHostLifetime, DrainingLifetime>();
        builder.Services.AddHostedSingleton<RedisWatch>();
        builder.Services.AddHostedSingleton<HeadsCheck>();
        builder.Services.AddSingleton<Subscriptions>();
        builder.Services.AddHostedService(services => services.GetRequiredService<Subscriptions>());
        builder.Services.AddHostedService<MembershipReader>();
        builder.Services.AddHostedService<Overtaken>();
        builder.Services.AddHostedService<Sweep>();
        builder.Services.AddSingleton<Presences>();
        builder.Services.AddSingleton<Watched>();
        builder.Services.AddSingleton<PresenceStore>();
        builder.Services.AddHostedSingleton<PresenceLoop>();
        builder.Logging.AddFilter(FailedCalls.Framework, LogLevel.None);
        builder.Services.AddSingleton<FailedCalls>();
        builder.Services.AddSignalR(hub =>
        {
            hub.MaximumReceiveMessageSize = 4 * 1024;
            hub.KeepAliveInterval = TimeSpan.FromSeconds(15);
            hub.ClientTimeoutInterval = TimeSpan.FromSeconds(30);
            hub.HandshakeTimeout = TimeSpan.FromSeconds(5);
            hub.MaximumParallelInvocationsPerClient = 1;
            hub.EnableDetailedErrors = false;
            hub.StatefulReconnectBufferSize = 0;
            hub.AddFilter<FailedCalls>();
        });

        // SignalR's own client timeout begins with the client's first ping: one that never sends any would stay for ever. A WebSocket
        // that does not answer the protocol's own ping is closed, whatever it said before (RFC 6455, section 5.5.2).
        builder.Services.Configure<Microsoft.AspNetCore.Builder.WebSocketOptions>(socket =>
        {
            socket.KeepAliveInterval = TimeSpan.FromSeconds(15);
            socket.KeepAliveTimeout = TimeSpan.FromSeconds(10);
        });
        builder.Services.AddSingleton<HubLifetimeManager<ChatHub>, Connections>();

        // When another node dies thousands connect within a second. What the system's queue does not hold it drops without a word, and the
        // client tries again after 1, 3 and 7 s.
        builder.Services.Configure<SocketTransportOptions>(transport => transport.Backlog = 4_096);
    }

    /// <summary>WebSockets only: any node can take a connection (no sticky sessions), and no proxy buffers it.</summary>
    public static void MapChatHub(this WebApplication app)
    {
        app.UseWhen(
            context => context.Request.Path.StartsWithSegments(Path),
            hub => hub.UseMiddleware<QueryToken>().UseMiddleware<OriginCheck>());
        app.UseChatAuthentication();
        var admission = app.Services.GetRequiredService<Admission>();
        app.UseWhen(context => context.Request.Path.StartsWithSegments(Path), hub => hub.Use(ForgetToken.InvokeAsync).Use(admission.InvokeAsync));
        var (options, time) = (app.Services.GetRequiredService<IOptions<RealtimeOptions>>().Value, app.Services.GetRequiredService<TimeProvider>());
        var transport = new HttpConnectionDispatcherOptions
        {
            Transports = HttpTransportType.WebSockets,
            AllowStatefulReconnects = false,
            TransportSendTimeout = TimeSpan.FromSeconds(5),

            // What a slow client may be behind in this process before its sends count as pending.
            ApplicationMaxBufferSize = 32 * 1024,
            TransportMaxBufferSize = 8 * 1024,
        };
        app.MapConnections(Path, transport, connection => connection.UseCallMeter(options, time).UseHub<ChatHub>()).RequireAuthorization();
    }

    private static void AddHostedSingleton<T>(this IServiceCollection services)
        where T : class, IHostedService
    {
        services.AddSingleton<T>();
        services.AddHostedService(provider => provider.GetRequiredService<T>());
    }
}
