namespace Chat.Client;

/// <summary>Where a client connects to, and how patient it is.</summary>
/// <param name="Api">Every replica of the API, or the one address in front of them. The next is tried when one does not answer.</param>
/// <param name="Realtime">The same of the realtime service.</param>
public sealed record ClientOptions(IReadOnlyList<Uri> Api, IReadOnlyList<Uri> Realtime)
{
    /// <summary>How long a call may take before the next replica is asked.</summary>
    public TimeSpan CallTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long connecting may take, from the first byte until <c>ready</c>.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Silence after which a connection is given up: twice the pause between the server's pings.</summary>
    public TimeSpan ServerTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The pauses between attempts.</summary>
    public Backoff Backoff { get; init; } = new(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(30));

    /// <summary>How long a gap may last before it is asked for: pushes come in any order, so most close by themselves.</summary>
    public TimeSpan GapPatience { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>Attempts to send a message, before it is for the user to try again.</summary>
    public int SendAttempts { get; init; } = 12;
}
