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
}
