using Chat.Data.Events;
using Chat.Realtime.Hub;

namespace Chat.Realtime.FanOut;

/// <summary>
/// Who on this node hears what: conversation → users → connections, and back. One lock for all of it, held for as long as it takes to
/// copy a list, and never while anything is sent or read: at 1,000 events a second into rooms of 10 to 100 it is busy for less than 1 %.
/// <para>No event reaches a user who was no longer a member when it was committed: see <see cref="Room.Version"/>.</para>
/// </summary>
internal sealed partial class Audience(TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<Guid, Listener> _listeners = [];
    private readonly Dictionary<Guid, Room> _rooms = [];
    private readonly int[] _roomsOfShard = new int[RedisChannels.Shards];

    /// <summary>
    /// Adds a connection. The task completes when it hears all its user's conversations; null when the user has too many
    /// connections already.
    /// </summary>
    public Task? Add(Connection connection, int maxPerUser)
    {
        lock (_lock)
        {
            if (!_listeners.TryGetValue(connection.UserId, out var listener))
            {
                listener = _listeners[connection.UserId] = new Listener(connection.UserId);
                Enqueue(listener);
            }
            else if (listener.Connections.Count >= maxPerUser)
            {
                return null;
            }

            listener.Connections.Add(connection);
            return listener.Hearing.Task;
        }
    }

    /// <summary>Forgets a connection; with the last one of a user, the user.</summary>
    public void Remove(Connection connection)
    {
        lock (_lock)
        {
            if (!_listeners.TryGetValue(connection.UserId, out var listener)
                || !listener.Connections.Remove(connection) || listener.Connections.Count > 0)
            {
                return;
            }

            _listeners.Remove(listener.UserId);
            foreach (var room in listener.Rooms.ToArray())
            {
                Leave(listener, room);
            }
        }
    }

    /// <summary>
    /// Lets a user in or out at once, without reading. Returns the user's connections, which are to be told; none where something newer
    /// is known already.
    /// </summary>
    public IReadOnlyList<Connection> Apply(MembershipChanged change)
    {
        lock (_lock)
        {
            if (!_listeners.TryGetValue(change.UserId, out var listener))
            {
                return [];
            }

            listener.ChangedWhileReading |= listener.Reading;
            var known = _rooms.TryGetValue(change.ConversationId, out var room) ? room.Version : -1;
            if (change.MembershipVersion > known)
            {
                if (change.Joined)
                {
                    Join(listener, room ?? Open(change.ConversationId, change.MembershipVersion, head: 0));
                }
                else if (room is not null)
                {
                    // Out at once; the word may be an old one that came late, so what holds now is read.
                    Leave(listener, room);
                    Enqueue(listener);
                }
            }

            var isMember = listener.Rooms.Any(r => r.ConversationId == change.ConversationId);
            return isMember == change.Joined ? [.. listener.Connections] : [];
        }
    }

    /// <summary>A user's own connections.</summary>
    public IReadOnlyList<Connection> Of(Guid userId)
    {
        lock (_lock)
        {
            return _listeners.TryGetValue(userId, out var listener) ? [.. listener.Connections] : [];
        }
    }

    /// <summary>The same, who are to be told that the user's own stream has come to <paramref name="ownRev"/>.</summary>
    public IReadOnlyList<Connection> Of(Guid userId, long ownRev)
    {
        lock (_lock)
        {
            if (!_listeners.TryGetValue(userId, out var listener))
            {
                return [];
            }

            listener.OwnRev = Math.Max(listener.OwnRev, ownRev);
            return [.. listener.Connections];
        }
    }

    public IReadOnlyList<Connection> Where(Func<Connection, bool> condition)
    {
        lock (_lock)
        {
            return [.. _listeners.Values.SelectMany(l => l.Connections).Where(condition)];
        }
    }

    /// <summary>Whether anybody here is a member of a conversation of this shard.</summary>
    public bool Needs(int shard)
    {
        lock (_lock)
        {
            return _roomsOfShard[shard] > 0;
        }
    }

    private Room Open(Guid conversationId, long version, long head)
    {
        var room = _rooms[conversationId] = new Room(conversationId) { Version = version, Forwarded = head, Latest = head };
        _roomsOfShard[RedisChannels.ShardOf(conversationId)]++;
        return room;
    }

    private static void Join(Listener listener, Room room)
    {
        room.Listeners.Add(listener);
        listener.Rooms.Add(room);
    }

    private void Leave(Listener listener, Room room)
    {
        listener.Rooms.Remove(room);
        if (room.Listeners.Remove(listener) && room.Listeners.Count == 0)
        {
            _rooms.Remove(room.ConversationId);
            _waiting -= room.Ahead;
            _roomsOfShard[RedisChannels.ShardOf(room.ConversationId)]--;
        }
    }
}
