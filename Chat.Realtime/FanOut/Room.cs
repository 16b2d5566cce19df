using System.Diagnostics.CodeAnalysis;
using Chat.Data.Events;

namespace Chat.Realtime.FanOut;

/// <summary>A conversation with at least one member connected here. Guarded by the <see cref="Audience"/>'s lock.</summary>
internal sealed class Room(Guid conversationId)
{
    /// <summary>Events that wait for the members to be read. Past it they are dropped, and the clients ask.</summary>
    public const int MaxHeld = 256;

    /// <summary>Events that wait for one that they have overtaken. Past it they go.</summary>
    private const int MaxAhead = 64;

    private readonly List<ReceivedEvent> _ahead = [];
    private bool _letsGo;

    public Guid ConversationId => conversationId;

    public HashSet<Listener> Listeners { get; } = [];

    /// <summary>
    /// Each listener was a member at this membership version or at a later one. So an event of a version up to it may go to all of
    /// them; a later one may not before they have been read again.
    /// </summary>
    public required long Version { get; set; }

    /// <summary>The latest rev that was forwarded, or that every listener was told of. What the database has beyond it was lost, or is on its way.</summary>
    public required long Forwarded { get; set; }

    /// <summary>The latest rev known of: forwarded, or read from the database. For who asks now.</summary>
    public required long Latest { get; set; }

    /// <summary>Waits for its members to be read.</summary>
    public bool Queued { get; set; }

    /// <summary>Events newer than the members known.</summary>
    public List<ReceivedEvent> Held { get; set; } = [];

    /// <summary>How many events wait for one that they have overtaken.</summary>
    public int Ahead => _ahead.Count;

    /// <summary>How long they do at most; null: none waits.</summary>
    public DateTimeOffset? WaitsUntil { get; private set; }

    /// <summary>Whether it leaves out a rev, and is to wait for it. Of a conversation that was just opened by a word of Redis nothing is known to be left out.</summary>
    public bool IsAhead(ReceivedEvent e) => Forwarded > 0 && e.Rev > Forwarded + 1 && !_letsGo;

    /// <returns>Until when, where it is the first that waits.</returns>
    public DateTimeOffset? KeepAhead(ReceivedEvent e, DateTimeOffset until)
    {
        var at = _ahead.FindLastIndex(before => before.Rev <= e.Rev) + 1;
        _ahead.Insert(at, e);
        if (_ahead.Count >= MaxAhead)
        {
            LetGo();
        }

        if (WaitsUntil is not null)
        {
            return null;
        }

        WaitsUntil = until;
        return until;
    }

    /// <summary>What waits does so no longer.</summary>
    public void LetGo() => _letsGo = _ahead.Count > 0;

    /// <summary>The next of those that wait, where its turn has come.</summary>
    public bool TryTakeNext([NotNullWhen(true)] out ReceivedEvent? e)
    {
        e = _ahead.Count > 0 && (_letsGo || _ahead[0].Rev <= Forwarded + 1) ? _ahead[0] : null;
        if (e is null)
        {
            return false;
        }

        _ahead.RemoveAt(0);
        if (_ahead.Count == 0)
        {
            (_letsGo, WaitsUntil) = (false, null);
        }

        return true;
    }

    public void Reached(long rev)
    {
        Forwarded = Math.Max(Forwarded, rev);
        Latest = Math.Max(Latest, rev);
    }
}
