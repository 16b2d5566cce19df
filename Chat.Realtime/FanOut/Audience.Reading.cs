using Chat.Data.Events;
using Chat.Data.Memberships;
using Chat.Realtime.Hub;

namespace Chat.Realtime.FanOut;

/// <summary>What the <see cref="Audience"/> makes of what was read from the database. One reader at a time.</summary>
internal sealed partial class Audience
{
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

            EndEarly();
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
                foreach (var e in room.Held.Where(e => e.MembershipVersion <= room.Version))
                {
                    room.Reached(e.Rev);
                    heard.Add((e, to));
                }

                room.Held = [.. room.Held.Where(e => e.MembershipVersion > room.Version)];
                if (room.Held.Count > 0)
                {
                    Enqueue(room);
                }
            }

            return heard;
        }
    }

    private void Replace(Listener listener, IEnumerable<Membership> memberships)
    {
        var left = listener.Rooms.ToHashSet();
        foreach (var membership in memberships)
        {
            // Later it is for the comparison of heads: who hears already has not been told of it, and the word may have been lost.
            if (!listener.Hearing.Task.IsCompleted)
            {
                listener.OwnRev = Math.Max(listener.OwnRev, membership.OwnRev);
            }

            if (membership.ConversationId == Guid.Empty)
            {
                continue;
            }

            if (_rooms.TryGetValue(membership.ConversationId, out var room))
            {
                room.Version = Math.Min(room.Version, membership.Version);
                room.Latest = Math.Max(room.Latest, membership.Head);
            }
            else
            {
                room = Open(membership.ConversationId, membership.Version, Math.Max(membership.Head, EarlyRev(membership.ConversationId)));
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
}
