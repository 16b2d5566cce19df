using System.Diagnostics;
using System.Diagnostics.Metrics;
using Chat.Data.Statements;

namespace Chat.Data.Messages;

/// <summary>What the writer tells about itself, and its span.</summary>
internal static class WriterMetrics
{
    /// <summary>The source of spans that belong to no one statement.</summary>
    public const string SourceName = "Chat.Data";

    private static readonly ActivitySource Source = new(SourceName);
    private static readonly Meter Meter = new(Statement.MeterName);

    private static readonly Histogram<int> BatchSize = Meter.CreateHistogram(
        "chat.writer.batch.size", unit: "{message}", description: "Messages and changes of messages committed together.",
        advice: new InstrumentAdvice<int> { HistogramBucketBoundaries = [1, 2, 5, 10, 20, 50, 100, 150, 200] });

    private static readonly Histogram<double> CommitDuration = Meter.CreateHistogram(
        "chat.writer.commit.duration", unit: "s", description: "From sending a batch to having its commit acknowledged.",
        advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 5] });

    private static readonly Counter<long> Unserved = Meter.CreateCounter<long>(
        "chat.writer.unserved", unit: "{message}", description: "Messages answered 503, by reason: full, held or unknown.");

    private static readonly Counter<long> Retries = Meter.CreateCounter<long>(
        "chat.writer.retries", unit: "{batch}", description: "Batches run again or in parts, by the error that was the reason.");

    public static void WatchQueue(Func<int> depth) => Meter.CreateObservableGauge(
        "chat.writer.queue.depth", depth, unit: "{message}", description: "Messages that wait for the next batch.");

    /// <summary>A root span, linked to the request of each write in the batch.</summary>
    public static Activity? StartSpan(IReadOnlyCollection<PendingWrite> batch) => Source.StartActivity(
        "SendMessages", ActivityKind.Internal, parentContext: default, tags: [new("chat.batch.size", batch.Count)],
        links: batch.Where(pending => pending.Span is not null).Select(pending => new ActivityLink(pending.Span!.Value)));

    public static void Committed(int messages, TimeSpan elapsed)
    {
        BatchSize.Record(messages);
        CommitDuration.Record(elapsed.TotalSeconds);
    }

    public static void Answered503(string reason) => Unserved.Add(1, new KeyValuePair<string, object?>("reason", reason));

    public static void Failed(string error) => Retries.Add(1, new KeyValuePair<string, object?>("error.type", error));
}
