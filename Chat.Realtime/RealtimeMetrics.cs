using System.Diagnostics;
using System.Diagnostics.Metrics;
using Chat.Realtime.Hub;

namespace Chat.Realtime;

/// <summary>The meter and the span source of this service, both named <c>Chat.Realtime</c>.</summary>
internal static class RealtimeMetrics
{
    private const string Name = "Chat.Realtime";

    /// <summary>One span an event on each node that had somebody to tell, continuing the publisher's.</summary>
    public static readonly ActivitySource Source = new(Name);

    private static readonly Meter Meter = new(Name);

    private static readonly UpDownCounter<int> Connections = Meter.CreateUpDownCounter<int>(
        "chat.realtime.connections", description: "Open connections of this node.");

    private static readonly Counter<long> Closed = Meter.CreateCounter<long>(
        "chat.realtime.closed", description: "Connections that ended, by reason.");

    private static readonly Counter<long> Deliveries = Meter.CreateCounter<long>(
        "chat.realtime.deliveries", description: "Events handed to a connection.");

    private static readonly Counter<long> NotForwarded = Meter.CreateCounter<long>(
        "chat.realtime.not_forwarded", description: "Events dropped because too many waited for the same members; clients see the gap.");

    private static readonly Counter<long> HeadsTold = Meter.CreateCounter<long>(
        "chat.realtime.heads.told", description: "Conversations whose head was told because its push had not come.");

    private static readonly Counter<long> NotAdmitted = Meter.CreateCounter<long>(
        "chat.realtime.refused", description: "Connects refused, by reason: full, draining.");

    private static readonly Histogram<double> Age = Meter.CreateHistogram(
        "chat.realtime.event.age", unit: "s", description: "From publishing an event, by the publisher's clock, to the last send of it.",
        advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 5] });

    public static void ConnectionOpened() => Connections.Add(1);

    public static void ConnectionClosed(CloseReason reason)
    {
        Connections.Add(-1);
        Closed.Add(1, new KeyValuePair<string, object?>("reason", reason.Code));
    }

    public static void Delivered(int connections, TimeSpan age)
    {
        Deliveries.Add(connections);
        Age.Record(Math.Max(0, age.TotalSeconds));
    }

    public static void Healed(int conversations) => HeadsTold.Add(conversations);

    public static void Refused(string reason) => NotAdmitted.Add(1, new KeyValuePair<string, object?>("reason", reason));

    public static void Dropped() => NotForwarded.Add(1);
}
