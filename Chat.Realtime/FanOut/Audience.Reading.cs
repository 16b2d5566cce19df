using Chat.Data.Events;
using Chat.Data.Memberships;
using Chat.Realtime.Hub;

namespace Chat.Realtime.FanOut;

/// <summary>What the <see cref="Audience"/> wants to have read from the database, and what becomes of it. One reader at a time.</summary>
internal sealed partial class Audience
{
    /// <summary>Users in one statement: 200 users in 20 conversations each are 4,000 rows.</summary>
    private const int MaxUsers = 200;
    private const int MaxRooms = 100;

    private readonly Queue<Listener> _listenersToRead = [];
    private readonly Queue<Room> _roomsToRead = [];
    private readonly SemaphoreSlim _work = new(0, 1);

    /// <summary>Completes when there is something to read.</summary>
    public Task WorkAsync(CancellationToken cancellationToken) => _work.WaitAsync(cancellationToken);

    /// <summary>The users and the conversations to read next, all that came together, up to a bound.</summary>
    public (List<Listener> Listeners, List<Room> Rooms) Take()
    {
        lock (_lock)
        {
            var listeners = new List<Listener>();
            while (listeners.Count < MaxUsers && _listenersToRead.TryDequeue(out var listener))
            {
                listener.Queued = false;
                if (IsHere(listener))
                {
                    (listener.Reading, listener.ChangedWhileReading) = (true, false);
                    listeners.Add(listener);
                }
            }

            var rooms = new List<Room>();
            while (rooms.Count < MaxRooms && _roomsToRead.TryDequeue(out var room))
            {
                room.Queued = false;
                if (IsHere(room))
                {
                    rooms.Add(room);
                }
            }

            if (_listenersToRead.Count > 0 || _roomsToRead.Count > 0)
            {
                Wake();
            }

            return (listeners, rooms);
        }
    }

    /// <summary>What was taken could not be read: it is to be tried again.</summary>
    public void NotRead(IEnumerable<Listener> listeners, IEnumerable<Room> rooms)
    {
        lock (_lock)
        {
            foreach (var listener in listeners)
            {
                listener.Reading = false;
                Enqueue(listener);
            }

            foreach (var room in rooms)
            {
                Enqueue(room);
            }
        }
    }

    /// <summary>Takes in the conversations of users. Returns those who hear them all now, once the shards are subscribed to.</summary>
    public List<Listener> ConversationsRead(IReadOnlyList<Listener> listeners, IEnumerable<Membership> memberships)
    {
        var ofUser = memberships.ToLookup(m => m.UserId);
        lock (_lock)
        {
            var done = new List<Listener>(listeners.Count);
            foreach (var listener in listeners)
            {
                listener.Reading = false;
                if (!IsHere(listener))
                {
                    continue;
                }

                if (listener.ChangedWhileReading)
                {
                    Enqueue(listener);
                    continue;
                }

                Replace(listener, ofUser[listener.UserId]);
                done.Add(listener);
            }

            return done;
        }
    }

    /// <summary>Takes in the members of conversations. Returns the events that waited for it, each with those who are to get it.</summary>
    public List<(ReceivedEvent Event, IReadOnlyList<Connection> To)> MembersRead(
        IReadOnlyList<Room> rooms, IEnumerable<Membership> memberships)
    {
        var ofConversation = memberships.ToLookup(m => m.ConversationId);
        lock (_lock)
        {
            var heard = new List<(ReceivedEvent, IReadOnlyList<Connection>)>();
            foreach (var room in rooms.Where(IsHere))
            {
                Replace(room, [.. ofConversation[room.ConversationId]]);
                if (!IsHere(room))
                {
                    continue;
                }

                var to = ConnectionsIn(room);
                heard.AddRange(room.Held.Where(e => e.MembershipVersion <= room.Version).Select(e => (e, (IReadOnlyList<Connection>)to)));
                room.Held = [.. room.Held.Where(e => e.MembershipVersion > room.Version)];
                if (room.Held.Count > 0)
                {
                    Enqueue(room);
                }
            }

            return heard;
        }
    }

    /// <summary>Control events may have been lost: everyone's conversations are read again.</summary>
    public void ReadAllAgain()
    {
        lock (_lock)
        {
            foreach (var listener in _listeners.Values)
            {
                Enqueue(listener);
            }
        }
    }

    private void Replace(Listener listener, IEnumerable<Membership> memberships)
    {
        var left = listener.Rooms.ToHashSet();
        foreach (var membership in memberships)
        {
            if (_rooms.TryGetValue(membership.ConversationId, out var room))
            {
                room.Version = Math.Min(room.Version, membership.Version);
            }
            else
            {
                room = Open(membership.ConversationId, membership.Version);
            }

            Join(listener, room);
            left.Remove(room);
        }

        foreach (var room in left)
        {
            Leave(listener, room);
        }
    }

    /// <summary>No rows: the conversation is gone, and with it all its listeners.</summary>
    private void Replace(Room room, IReadOnlyList<Membership> members)
    {
        var ids = members.Select(m => m.UserId).ToHashSet();
        foreach (var listener in room.Listeners.Where(l => !ids.Contains(l.UserId)).ToArray())
        {
            Leave(listener, room);
        }

        if (!IsHere(room))
        {
            return;
        }

        foreach (var id in ids)
        {
            if (_listeners.TryGetValue(id, out var listener))
            {
                Join(listener, room);
            }
        }

        room.Version = members[0].Version;
    }

    private bool IsHere(Listener listener) => _listeners.TryGetValue(listener.UserId, out var here) && here == listener;

    private bool IsHere(Room room) => _rooms.TryGetValue(room.ConversationId, out var here) && here == room;

    private void Enqueue(Listener listener)
    {
        if (!listener.Queued)
        {
            listener.Queued = true;
            _listenersToRead.Enqueue(listener);
            Wake();
        }
    }

    private void Enqueue(Room room)
    {
        if (!room.Queued)
        {
            room.Queued = true;
            _roomsToRead.Enqueue(room);
            Wake();
        }
    }

    private void Wake()
    {
        if (_work.CurrentCount == 0)
        {
            _work.Release();
        }
    }
}
