using System.Diagnostics;
using System.Diagnostics.Metrics;
using Chat.Data.Messages;
using Chat.Data.Statements;

namespace Chat.Data.ReadState;

internal static class CursorMetrics
{
    private static readonly ActivitySource Source = new(WriterMetrics.SourceName);
    private static readonly Meter Meter = new(Statement.MeterName);

    private static readonly Histogram<int> BatchSize = Meter.CreateHistogram(
        "chat.cursors.batch.size", unit: "{member}", description: "Members whose cursors were moved together.",
        advice: new InstrumentAdvice<int> { HistogramBucketBoundaries = [1, 2, 5, 10, 20, 50, 100, 200, 500] });

    /// <summary>A root span, linked to the requests in the batch.</summary>
    public static Activity? StartSpan(IReadOnlyCollection<PendingMove> batch)
    {
        BatchSize.Record(batch.Count);
        return Source.StartActivity(
            "MoveCursors", ActivityKind.Internal, parentContext: default, tags: [new("chat.batch.size", batch.Count)],
            links: batch.Where(pending => pending.Span is not null).Select(pending => new ActivityLink(pending.Span!.Value)));
    }
}
