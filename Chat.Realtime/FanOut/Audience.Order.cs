using System.Diagnostics.CodeAnalysis;
using Chat.Data.Events;
using Chat.Realtime.Hub;

namespace Chat.Realtime.FanOut;

/// <summary>
/// Events that have overtaken others. Two API replicas that commit to one conversation within a millisecond publish in any order (1 push in 90 at
/// 1,000 messages a second), so an event that leaves out a rev waits for it, for a moment that nobody notices. What was lost does not come, and
/// makes those after it late by that moment, once.
/// </summary>
internal sealed partial class Audience
{
    /// <summary>More than a process takes from its commit to its publishing, under load.</summary>
    public static readonly TimeSpan LongestWait = TimeSpan.FromMilliseconds(100);

    private readonly Queue<(DateTimeOffset Until, Room Room)> _gaps = [];
    private readonly SemaphoreSlim _gap = new(0, 1);
    private volatile int _waiting;

    /// <summary>The next of a conversation's events that waited for the one just heard; false where none did.</summary>
    public bool TryFollow(Guid conversationId, [NotNullWhen(true)] out ReceivedEvent? e, out IReadOnlyList<Connection> to)
    {
        (e, to) = (null, []);
        if (_waiting == 0)
        {
            return false;
        }

        lock (_lock)
        {
            if (!_rooms.TryGetValue(conversationId, out var room) || !room.TryTakeNext(out e))
            {
                return false;
            }

            _waiting--;
            to = Pass(room, e);
            return true;
        }
    }

    /// <summary>Completes when events wait.</summary>
    public Task GapAsync(CancellationToken cancellationToken) => _gap.WaitAsync(cancellationToken);

    /// <summary>When the first of those that wait has waited long enough; null: none waits.</summary>
    public DateTimeOffset? FirstOverdue
    {
        get
        {
            lock (_lock)
            {
                return _gaps.TryPeek(out var gap) ? gap.Until : null;
            }
        }
    }

    /// <summary>The next conversation in which events have waited long enough; null: there is none.</summary>
    public Guid? Overdue(DateTimeOffset now)
    {
        lock (_lock)
        {
            while (_gaps.TryPeek(out var gap) && gap.Until <= now)
            {
                _gaps.Dequeue();
                if (IsHere(gap.Room) && gap.Room.WaitsUntil == gap.Until)
                {
                    return gap.Room.ConversationId;
                }
            }

            return null;
        }
    }

    /// <summary>Waits no longer for what is missing: <see cref="TryFollow"/> gives what there is, in order.</summary>
    public void LetGo(Guid conversationId)
    {
        lock (_lock)
        {
            if (_rooms.TryGetValue(conversationId, out var room))
            {
                room.LetGo();
            }
        }
    }

    private void Wait(Room room, ReceivedEvent e)
    {
        _waiting++;
        if (room.KeepAhead(e, time.GetUtcNow() + LongestWait) is { } until)
        {
            _gaps.Enqueue((until, room));
            if (_gap.CurrentCount == 0)
            {
                _gap.Release();
            }
        }
    }
}
