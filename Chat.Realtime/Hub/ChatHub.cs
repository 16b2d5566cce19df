using Chat.Contracts.Events;
using Chat.Data.Events;
using Chat.Data.Presence;
using Chat.Realtime.FanOut;
using Chat.Realtime.People;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.SignalR;
using Npgsql;
using StackExchange.Redis;

namespace Chat.Realtime.Hub;

/// <summary>
/// The hub at /hub: what clients may say. What they are told, and when: docs/realtime.md. Connections come and go in
/// <see cref="Connections"/>.
/// </summary>
[Authorize]
internal sealed class ChatHub(
    Audience audience, EventPublisher events, Presences presences, Watched watched, PresenceLoop loop, NpgsqlDataSource database,
    TimeProvider time) : Microsoft.AspNetCore.SignalR.Hub
{
    /// <summary>As many as a screen shows, and a frame of 4 KB holds.</summary>
    private const int MaxWatched = 100;

    /// <summary>Tells the other members who are connected. What may not be said is not, and nobody is told why.</summary>
    public void Typing(Guid conversationId)
    {
        var connection = Connections.Of(Context);
        if (audience.VersionFor(connection, conversationId) is { } version && connection.Typing.Allows(conversationId, time))
        {
            _ = events.PublishTypingAsync(new SomeoneTyping(conversationId, version, connection.UserId));
        }
    }

    /// <summary>Says how this connection's user is there.</summary>
    /// <exception cref="HubException">There is no such state.</exception>
    public void SetPresence(string state)
    {
        if (!Presences.IsState(state))
        {
            throw new HubException("The state must be online, away or invisible.");
        }

        presences.Set(Connections.Of(Context), state);
    }

    /// <summary>Watches these people instead of those before. Who may not be seen is left out.</summary>
    /// <exception cref="HubException">There are too many, or they could not be looked up.</exception>
    public async Task<IReadOnlyList<UserPresence>> WatchPresence(Guid[] userIds)
    {
        if (userIds.Length > MaxWatched)
        {
            throw new HubException($"At most {MaxWatched} people can be watched.");
        }

        var connection = Connections.Of(Context);
        try
        {
            Guid[] allowed = userIds.Length == 0
                ? []
                : [.. await ReadWatchable.RunAsync(database, connection.UserId, [.. userIds.Distinct()], Context.ConnectionAborted)];
            var unknown = watched.Watch(connection, allowed);
            await ReadAsync(unknown);
            return watched.Told(allowed);
        }
        catch (NpgsqlException)
        {
            throw new HubException("The database cannot be reached. Try again.");
        }
    }

    /// <summary>The reason is known only here: the connection's lifetime manager is not told the exception.</summary>
    public override Task OnDisconnectedAsync(Exception? exception)
    {
        Connections.Ended(Context, exception);
        return Task.CompletedTask;
    }

    /// <summary>Without Redis everybody seems offline, and is told anew when it answers.</summary>
    private async Task ReadAsync(IReadOnlyCollection<Guid> users)
    {
        if (users.Count == 0)
        {
            return;
        }

        try
        {
            await loop.ListenAsync();
            watched.Read(await loop.ReadAsync(users));
        }
        catch (Exception e) when (e is RedisException or TimeoutException)
        {
            watched.Read(users.Select(user => new UserPresence(user, PresenceStates.Offline, null)));
        }
    }
}
