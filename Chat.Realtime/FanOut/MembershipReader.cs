using Chat.Data.Memberships;
using Chat.Realtime.Hub;
using Npgsql;

namespace Chat.Realtime.FanOut;

/// <summary>
/// Reads what the <see cref="Audience"/> needs to know, one statement for all that came together while the last one ran: 10,000
/// reconnects are some 70 statements, not 10,000. One loop, so that no answer overtakes another.
/// </summary>
internal sealed partial class MembershipReader(
    Audience audience, NpgsqlDataSource database, Subscriptions subscriptions, EventFanOut fanOut, Arrivals arrivals, TimeProvider time,
    ILogger<MembershipReader> log) : BackgroundService
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);

    /// <summary>While many come, how long to wait at most until they are worth a statement: from 200 connects a second on more than 100 users are.</summary>
    private static readonly TimeSpan Gathering = TimeSpan.FromMilliseconds(600);

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await audience.WorkAsync(stoppingToken);
            if (arrivals.IsStorm)
            {
                await audience.GatherAsync(Gathering, time, stoppingToken);
            }

            var (listeners, rooms) = audience.Take();
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
            limit.CancelAfter(Timeout);
            try
            {
                await ReadAsync(rooms, limit.Token);
                rooms = [];
                await ReadAsync(listeners, limit.Token);
            }
            catch (Exception e) when (e is NpgsqlException or OperationCanceledException && !stoppingToken.IsCancellationRequested)
            {
                LogNotRead(log, e.GetType().Name);
                audience.NotRead(listeners, rooms);
                await Task.Delay(Pause * (0.5 + Random.Shared.NextDouble()), time, stoppingToken);
            }
        }
    }

    /// <summary>First, because events wait for it.</summary>
    private async Task ReadAsync(List<Room> rooms, CancellationToken cancellationToken)
    {
        if (rooms.Count == 0)
        {
            return;
        }

        var members = await ReadMemberships.OfConversationsAsync(
            database, [.. rooms.Select(r => r.ConversationId)], cancellationToken);
        foreach (var (e, to) in audience.MembersRead(rooms, members))
        {
            fanOut.Forward(e, to);
        }
    }

    private async Task ReadAsync(List<Listener> listeners, CancellationToken cancellationToken)
    {
        if (listeners.Count == 0)
        {
            return;
        }

        var memberships = await ReadMemberships.OfUsersAsync(database, [.. listeners.Select(l => l.UserId)], cancellationToken);
        var done = audience.ConversationsRead(listeners, memberships);
        await subscriptions.AddNeededAsync();
        foreach (var listener in done)
        {
            listener.Hearing.TrySetResult();
        }
    }

    [LoggerMessage(LogLevel.Warning, "Memberships could not be read and will be tried again: {Error}")]
    private static partial void LogNotRead(ILogger logger, string error);
}
