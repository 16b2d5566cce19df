using Chat.Data.Events;
using Chat.Realtime.Hub;

namespace Chat.Realtime.FanOut;

/// <summary>Who hears an event, and when.</summary>
internal sealed partial class Audience
{
    /// <summary>
    /// Who is to get an event now. Nobody, where the members known are older than the event: then it is kept until they have been read
    /// (<see cref="MembersRead"/> gives it back), or dropped where too many wait. Nobody, too, where it has overtaken another: then
    /// <see cref="TryFollow"/> or <see cref="Overdue"/> gives it back.
    /// </summary>
    public IReadOnlyList<Connection> Hear(ReceivedEvent e)
    {
        lock (_lock)
        {
            if (!_rooms.TryGetValue(e.ConversationId, out var room))
            {
                CameEarly(e);
                return [];
            }

            if (room.IsAhead(e))
            {
                Wait(room, e);
                return [];
            }

            return Pass(room, e);
        }
    }

    private List<Connection> Pass(Room room, ReceivedEvent e)
    {
        if (e.MembershipVersion <= room.Version)
        {
            room.Reached(e.Rev);
            return ConnectionsIn(room);
        }

        if (room.Held.Count < Room.MaxHeld)
        {
            room.Held.Add(e);
        }
        else
        {
            RealtimeMetrics.Dropped();
        }

        Enqueue(room);
        return [];
    }

    private static List<Connection> ConnectionsIn(Room room)
    {
        var connections = new List<Connection>(room.Listeners.Count);
        foreach (var listener in room.Listeners)
        {
            connections.AddRange(listener.Connections);
        }

        return connections;
    }
}
