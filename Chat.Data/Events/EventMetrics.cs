using System.Diagnostics.Metrics;
using Chat.Data.Statements;

namespace Chat.Data.Events;

internal static class EventMetrics
{
    private static readonly Meter Meter = new(Statement.MeterName);

    private static readonly Counter<long> Published = Meter.CreateCounter<long>(
        "chat.events.published", description: "Events, control events and doorbells that Redis took.");

    private static readonly Counter<long> PublishFailed = Meter.CreateCounter<long>(
        "chat.events.publish.failed", description: "Those that it did not, by reason: unreachable, timeout, full.");

    private static readonly Counter<long> Malformed = Meter.CreateCounter<long>(
        "chat.events.malformed", description: "Received, and not of this version's making.");

    public static void Succeeded() => Published.Add(1);

    public static void Failed(string reason) => PublishFailed.Add(1, new KeyValuePair<string, object?>("reason", reason));

    public static void NotUnderstood() => Malformed.Add(1);
}
