using Chat.Data.Events;
using Chat.ServiceDefaults.Authentication;
using StackExchange.Redis;

namespace Chat.Api.Accounts;

/// <summary>Hears from the other processes which sessions have ended.</summary>
internal sealed partial class EndedSessionsListener(
    EndedSessions ended, EventSubscriber subscriber, ILogger<EndedSessionsListener> log) : IHostedService
{
    /// <summary>Redis may hang at the start; the client library goes on trying.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            await subscriber.SubscribeControlAsync(Hear).WaitAsync(Patience, cancellationToken);
        }
        catch (Exception e) when (e is RedisException or TimeoutException)
        {
            LogNotSubscribed(log, e.GetType().Name);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private void Hear(ControlEvent e)
    {
        if (e is SessionEnded { SessionId: { } session })
        {
            ended.Add(session);
        }
    }

    [LoggerMessage(LogLevel.Warning, "Redis did not confirm a subscription: {Error}. Until it does, sessions ended elsewhere last up to ten minutes here")]
    private static partial void LogNotSubscribed(ILogger logger, string error);
}
