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
