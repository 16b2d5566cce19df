using Chat.Data.Events;
using Chat.Realtime.Hub;

namespace Chat.Realtime.FanOut;

/// <summary>Who may be told, and by whom, that somebody is writing. Asks nobody: what is not known here is not said.</summary>
internal sealed partial class Audience
{
    /// <summary>The membership version as of which the connection's user is a member; null where that is not known to be so.</summary>
    public long? VersionFor(Connection connection, Guid conversationId)
    {
        lock (_lock)
        {
            return _rooms.TryGetValue(conversationId, out var room)
                && _listeners.TryGetValue(connection.UserId, out var listener) && room.Listeners.Contains(listener) ? room.Version : null;
        }
    }

    /// <summary>The others. Nobody, where the members known here are older than those whom it was said to.</summary>
    public IReadOnlyList<Connection> Hear(SomeoneTyping typing)
    {
        lock (_lock)
        {
            if (!_rooms.TryGetValue(typing.ConversationId, out var room) || typing.MembershipVersion > room.Version)
            {
                return [];
            }

            return [.. room.Listeners.Where(l => l.UserId != typing.UserId).SelectMany(l => l.Connections)];
        }
    }
}
