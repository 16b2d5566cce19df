using System.Diagnostics;
using System.Diagnostics.Metrics;
using Chat.Data.Messages;
using Chat.Data.Statements;

namespace Chat.Data.Clicks;

/// <summary>What the writer of clicks tells about itself, and its span.</summary>
internal static class ClickMetrics
{
    private static readonly ActivitySource Source = new(WriterMetrics.SourceName);
    private static readonly Meter Meter = new(Statement.MeterName);

    private static readonly Histogram<int> BatchSize = Meter.CreateHistogram(
        "chat.clicks.batch.size", unit: "{click}", description: "Reactions and votes committed together.",
        advice: new InstrumentAdvice<int> { HistogramBucketBoundaries = [1, 2, 5, 10, 20, 50, 100, 150, 200] });

    private static readonly Counter<long> Unserved = Meter.CreateCounter<long>(
        "chat.clicks.unserved", unit: "{click}", description: "Reactions and votes answered 503, by reason: full, held or unknown.");

    private static readonly Counter<long> Retries = Meter.CreateCounter<long>(
        "chat.clicks.retries", unit: "{batch}", description: "Batches run again or in parts, by the error that was the reason.");

    public static void WatchQueue(Func<int> depth) => Meter.CreateObservableGauge(
        "chat.clicks.queue.depth", depth, unit: "{click}", description: "Reactions and votes that wait for the next batch.");

    /// <summary>A root span, linked to the request of each click in the batch.</summary>
    public static Activity? StartSpan(IReadOnlyCollection<PendingClick> batch) => Source.StartActivity(
        "WriteClicks", ActivityKind.Internal, parentContext: default, tags: [new("chat.batch.size", batch.Count)],
        links: batch.Where(pending => pending.Span is not null).Select(pending => new ActivityLink(pending.Span!.Value)));

    public static void Committed(int clicks) => BatchSize.Record(clicks);

    public static void Answered503(string reason) => Unserved.Add(1, new KeyValuePair<string, object?>("reason", reason));

    public static void Failed(string error) => Retries.Add(1, new KeyValuePair<string, object?>("error.type", error));
}
