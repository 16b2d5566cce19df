using Chat.Contracts.Events;
using Chat.Data.Presence;
using Chat.Realtime.Hub;
using Microsoft.Extensions.Options;

namespace Chat.Realtime.People;

/// <summary>How the users of this node are there: what each of their connections says, and what of it is to be written to Redis.</summary>
internal sealed class Presences(IOptions<RealtimeOptions> options, TimeProvider time)
{
    /// <summary>Users in one go; the rest a moment later.</summary>
    private const int MaxChanges = 1_000;

    private readonly TimeSpan _grace = options.Value.PresenceGrace;
    private readonly Lock _lock = new();
    private readonly Dictionary<Guid, Here> _users = [];
    private readonly HashSet<Guid> _changed = [];
    private readonly Queue<(DateTimeOffset At, Guid UserId)> _gone = [];

    public static bool IsState(string? state) => state is PresenceStates.Online or PresenceStates.Away or PresenceStates.Invisible;

    /// <param name="state">As the client wants to begin; what is none of the states is online.</param>
    public void Came(Connection connection, string? state) => Set(connection, IsState(state) ? state! : PresenceStates.Online);

    /// <param name="state">Of this connection.</param>
    public void Set(Connection connection, string state)
    {
        lock (_lock)
        {
            if (connection.HasEnded)
            {
                return;
            }

            if (!_users.TryGetValue(connection.UserId, out var here))
            {
                here = _users[connection.UserId] = new Here();
            }

            here.States[connection] = state;
            _changed.Add(connection.UserId);
        }
    }

    public void Left(Connection connection)
    {
        lock (_lock)
        {
            if (_users.TryGetValue(connection.UserId, out var here) && here.States.Remove(connection))
            {
                _changed.Add(connection.UserId);
                if (here.States.Count == 0)
                {
                    here.LeftAt = time.GetUtcNow();
                    _gone.Enqueue((here.LeftAt + _grace, connection.UserId));
                }
            }
        }
    }

    /// <summary>Redis has forgotten, or may have: all is to be written again.</summary>
    public void WriteAllAgain()
    {
        lock (_lock)
        {
            foreach (var (id, here) in _users)
            {
                here.Written = null;
                _changed.Add(id);
            }
        }
    }

    /// <summary>What differs from what was written; taken as written.</summary>
    public IReadOnlyCollection<KeptPresence> TakeChanges()
    {
        lock (_lock)
        {
            var now = time.GetUtcNow();
            while (_gone.TryPeek(out var gone) && gone.At <= now)
            {
                _changed.Add(_gone.Dequeue().UserId);
            }

            var taken = _changed.Take(MaxChanges).ToArray();
            _changed.ExceptWith(taken);
            return [.. taken.Select(id => Change(id, now)).OfType<KeptPresence>()];
        }
    }

    private KeptPresence? Change(Guid userId, DateTimeOffset now)
    {
        if (!_users.TryGetValue(userId, out var here))
        {
            return null;
        }

        if (here.States.Count == 0)
        {
            if (now < here.LeftAt + _grace)
            {
                return null; // asked again when the grace is over
            }

            _users.Remove(userId);
            return new KeptPresence(userId, PresenceStates.Offline, here.Written == PresenceStates.Invisible ? null : here.LeftAt);
        }

        var state = here.State;
        if (state == here.Written)
        {
            return null;
        }

        var vanishes = state == PresenceStates.Invisible && (here.Written is PresenceStates.Online or PresenceStates.Away);
        here.Written = state;
        return new KeptPresence(userId, state, vanishes ? now : null);
    }

    private sealed class Here
    {
        public Dictionary<Connection, string> States { get; } = [];

        public DateTimeOffset LeftAt { get; set; }

        /// <summary>Null: nothing, as far as is known.</summary>
        public string? Written { get; set; }

        public string State => States.ContainsValue(PresenceStates.Invisible) ? PresenceStates.Invisible
            : States.ContainsValue(PresenceStates.Online) ? PresenceStates.Online : PresenceStates.Away;
    }
}
