using System.ComponentModel.DataAnnotations;

namespace Chat.Realtime;

/// <summary>The section <c>Realtime</c> of the configuration.</summary>
internal sealed class RealtimeOptions
{
    public const string Section = "Realtime";

    /// <summary>
    /// The sites whose pages may connect, such as <c>https://chat.example</c>. None: only pages from this very host. What is no browser
    /// sends no Origin and is not asked.
    /// </summary>
    public string[] AllowedOrigins { get; set; } = [];

    /// <summary>
    /// Sends that a connection may be behind before it is closed as too slow, once its buffers are full. With 64 a healthy client in a
    /// room of 1,000 messages a second was cut off after a pause of some hundredths of a second.
    /// </summary>
    [Range(1, 10_000)]
    public int MaxPendingSends { get; set; } = 1_024;

    /// <summary>Connections of one user to this node: tabs and devices. More are closed as too many.</summary>
    [Range(1, 10_000)]
    public int MaxConnectionsPerUser { get; set; } = 20;

    /// <summary>
    /// Connects let in a second, beyond a burst of a quarter of that. At 500 a storm of 10,000 is over in 20 s, and takes of two cores
    /// what leaves sends their time.
    /// </summary>
    [Range(1, 100_000)]
    public int ConnectsPerSecond { get; set; } = 500;

    /// <summary>
    /// Connects that wait for being let in: at 500 a second, 20 s. More are refused, and told when to come back. With half of it half of 10,000
    /// that had lost another node were refused, many again and again, and the last was back after 42 to 52 s.
    /// </summary>
    [Range(0, 1_000_000)]
    public int ConnectsWaiting { get; set; } = 10_000;

    /// <summary>Messages of one client a second, pings included, beyond the first <see cref="CallsAtOnce"/>.</summary>
    [Range(1, 10_000)]
    public int CallsPerSecond { get; set; } = 20;

    [Range(1, 10_000)]
    public int CallsAtOnce { get; set; } = 60;

    /// <summary>How often the database's heads are compared with what was forwarded.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:10:00")]
    public TimeSpan HeadsEvery { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>The same while Redis does not answer, when nothing is forwarded.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:10:00")]
    public TimeSpan HeadsEveryWhenDegraded { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>How often a client asks for the conversation it shows while Redis does not answer.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:10:00")]
    public TimeSpan PollEvery { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Who comes back within it, to another node after this one's end or with a page loaded anew, has not been away.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:10:00")]
    public TimeSpan PresenceGrace { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// How long clients are being sent away for when the process is asked to stop. Together with closing what is left it must be over
    /// before it is killed: the app host does that after 8 s, Kubernetes after 30 s.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:01:00")]
    public TimeSpan DrainFor { get; set; } = TimeSpan.FromSeconds(4);
}
