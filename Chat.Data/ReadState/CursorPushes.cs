using System.Diagnostics;
using Chat.Contracts.ReadState;
using Chat.Data.Events;

namespace Chat.Data.ReadState;

/// <summary>
/// Tells members how far others have read: of each conversation what has come together within <see cref="Interval"/>, of each member the latest,
/// in one event. So a process says something of a conversation at most four times a second, however many read. As all pushes, these
/// may be lost; then the cursors are asked for.
/// </summary>
public sealed class CursorPushes(EventPublisher events, TimeProvider time)
{
    public static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    private readonly Lock _gate = new();
    private Dictionary<Guid, Dictionary<Guid, CursorPosition>> _moved = [];

    /// <summary>After the commit. Of two positions of one member the farther one is told.</summary>
    public void Add(CursorPosition position)
    {
        lock (_gate)
        {
            var first = _moved.Count == 0;
            if (!_moved.TryGetValue(position.ConversationId, out var members))
            {
                _moved.Add(position.ConversationId, members = []);
            }

            members[position.UserId] = members.TryGetValue(position.UserId, out var told) ? Farther(told, position) : position;
            if (first)
            {
                _ = TellAsync();
            }
        }
    }

    private static CursorPosition Farther(CursorPosition one, CursorPosition other) => one with
    {
        ReadSeq = Math.Max(one.ReadSeq, other.ReadSeq),
        DeliveredSeq = Math.Max(one.DeliveredSeq, other.DeliveredSeq),
        MembershipVersion = Math.Max(one.MembershipVersion, other.MembershipVersion),
        MemberCount = other.MemberCount,
    };

    private async Task TellAsync()
    {
        // Many requests' work: it belongs to no one's trace.
        Activity.Current = null;
        // Gathers what moves meanwhile into one push: the interval is the bound on pushes a second.
        await Task.Delay(Interval, time);
        Dictionary<Guid, Dictionary<Guid, CursorPosition>> moved;
        lock (_gate)
        {
            (moved, _moved) = (_moved, []);
        }

        foreach (var (conversationId, members) in moved)
        {
            Tell(conversationId, [.. members.Values]);
        }
    }

    private void Tell(Guid conversationId, CursorPosition[] members)
    {
        if (members.Max(member => member.MemberCount) <= CursorLimits.PushedUpToMembers)
        {
            // Not to who was removed before the last of these was found to be a member.
            var version = members.Max(member => member.MembershipVersion);
            _ = events.PublishAsync(ConversationEvents.Moved(conversationId, version, [.. members.Select(Cursors)]));
            return;
        }

        foreach (var member in members)
        {
            _ = events.PublishControlAsync(new OwnCursorMoved(conversationId, member.MembershipVersion, Cursors(member)));
        }
    }

    private static MemberCursors Cursors(CursorPosition member) => new(member.UserId, member.ReadSeq, member.DeliveredSeq);
}
