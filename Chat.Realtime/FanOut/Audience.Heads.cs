using Chat.Contracts.Events;
using Chat.Data.Events;
using Chat.Data.Memberships;
using Chat.Realtime.Hub;

namespace Chat.Realtime.FanOut;

/// <summary>How far each conversation has come, as the <see cref="Audience"/> knows it.</summary>
internal sealed partial class Audience
{
    /// <summary>More events than come in while some users' conversations are read; beyond it the next comparison of heads helps.</summary>
    private const int MaxEarly = 4_096;

    /// <summary>
    /// Of events that nobody here could hear while users' conversations were being read: the latest rev. They may be later than what
    /// was read, so they are known when the conversation gets its first listener.
    /// </summary>
    private readonly Dictionary<Guid, long> _early = [];

    private bool _keepsEarly;

    /// <summary>For <c>ready</c>: the latest of the user's own stream and of each of their conversations, null where these are too many.</summary>
    public (long OwnRev, Dictionary<Guid, long>? Heads) HeadsOf(Guid userId)
    {
        lock (_lock)
        {
            if (!_listeners.TryGetValue(userId, out var listener))
            {
                return (0, []);
            }

            return (listener.OwnRev, listener.Rooms.Count > Ready.MaxHeads ? null : listener.Rooms.ToDictionary(r => r.ConversationId, r => r.Latest));
        }
    }

    /// <summary>What has been forwarded, of all conversations and users here.</summary>
    public (List<Head> Conversations, List<Head> Users) Forwarded()
    {
        lock (_lock)
        {
            return (
                [.. _rooms.Values.Select(room => new Head(room.ConversationId, room.Forwarded))],
                [.. _listeners.Values.Where(l => l.Hearing.Task.IsCompleted).Select(l => new Head(l.UserId, l.OwnRev))]);
        }
    }

    /// <summary>
    /// Takes in what the database has. Returns who is to be told of which heads: those of conversations that are still ahead of what
    /// has been forwarded. They are told once.
    /// </summary>
    public IReadOnlyList<(Connection[] To, Dictionary<Guid, long> Heads, long? OwnRev)> Reached(
        IEnumerable<Head> conversations, IEnumerable<Head> users)
    {
        lock (_lock)
        {
            var told = new Dictionary<Listener, Dictionary<Guid, long>>();
            foreach (var (id, rev) in conversations)
            {
                if (!_rooms.TryGetValue(id, out var room) || rev <= room.Forwarded)
                {
                    continue;
                }

                room.Reached(rev);
                foreach (var listener in room.Listeners)
                {
                    HeadsFor(listener)[id] = rev;
                }
            }

            var own = new HashSet<Listener>();
            foreach (var (id, rev) in users)
            {
                if (_listeners.TryGetValue(id, out var listener) && rev > listener.OwnRev)
                {
                    listener.OwnRev = rev;
                    own.Add(listener);
                    HeadsFor(listener);
                }
            }

            return [.. told.Select(t => (t.Key.Connections.ToArray(), t.Value, own.Contains(t.Key) ? t.Key.OwnRev : (long?)null))];

            Dictionary<Guid, long> HeadsFor(Listener listener) =>
                told.TryGetValue(listener, out var heads) ? heads : told[listener] = [];
        }
    }

    private void BeginEarly(bool reading) => _keepsEarly = reading;

    private void EndEarly()
    {
        _keepsEarly = false;
        _early.Clear();
    }

    private void CameEarly(ReceivedEvent e)
    {
        if (_keepsEarly && (_early.Count < MaxEarly || _early.ContainsKey(e.ConversationId)))
        {
            _early[e.ConversationId] = Math.Max(e.Rev, EarlyRev(e.ConversationId));
        }
    }

    private long EarlyRev(Guid conversationId) => _early.GetValueOrDefault(conversationId);
}
