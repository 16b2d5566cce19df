using Chat.Data.Events;
using Chat.Realtime.Hub;

namespace Chat.Realtime.FanOut;

/// <summary>A user who is connected here, with all their connections. Guarded by the <see cref="Audience"/>'s lock.</summary>
internal sealed class Listener(Guid userId)
{
    public Guid UserId => userId;

    public List<Connection> Connections { get; } = [];

    public HashSet<Room> Rooms { get; } = [];

    /// <summary>The latest rev of the user's own stream that they have been told.</summary>
    public long OwnRev { get; set; }

    /// <summary>Completes when the user's conversations have been read for the first time and are subscribed to.</summary>
    public TaskCompletionSource Hearing { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Waits for its conversations to be read.</summary>
    public bool Queued { get; set; }

    /// <summary>Its conversations are being read now.</summary>
    public bool Reading { get; set; }

    /// <summary>A membership changed meanwhile: what is being read may be older than that, and must be read again.</summary>
    public bool ChangedWhileReading { get; set; }
}

/// <summary>A conversation with at least one member connected here. Guarded by the <see cref="Audience"/>'s lock.</summary>
internal sealed class Room(Guid conversationId)
{
    /// <summary>Events that wait for the members to be read. Past it they are dropped, and the clients ask.</summary>
    public const int MaxHeld = 256;

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

    public void Reached(long rev)
    {
        Forwarded = Math.Max(Forwarded, rev);
        Latest = Math.Max(Latest, rev);
    }
}
