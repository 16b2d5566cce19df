using System.Text.Json.Serialization;

namespace Chat.LoadTests.Stacks.Telemetry;

/// <summary>What services have told of themselves since they started.</summary>
internal sealed record TelemetrySnapshot(IReadOnlyDictionary<string, ServiceTelemetry> Services)
{
    /// <summary>What was told between an earlier snapshot and this one.</summary>
    public TelemetrySnapshot Since(TelemetrySnapshot before) => new(Services.ToDictionary(
        service => service.Key,
        service => before.Services.TryGetValue(service.Key, out var earlier) ? service.Value.Since(earlier) : service.Value));

    /// <summary>
    /// How long each of the application's statements took as the services saw it, those of all services together; by name.
    /// </summary>
    public IReadOnlyDictionary<string, DurationSummary> Statements() => Summaries("chat.db.statement.duration", "statement");

    /// <summary>How often services of that kind have run statements of their own, all their replicas together.</summary>
    public long StatementsOf(string kind) => Services.Where(service => service.Key.StartsWith(kind, StringComparison.Ordinal))
        .SelectMany(service => service.Value.Histograms).Where(h => h.Metric == "chat.db.statement.duration").Sum(h => h.Count);

    /// <summary>A counter over all services.</summary>
    /// <param name="name">As in <see cref="ServiceTelemetry.Counters"/>.</param>
    public double Counted(string name) => Services.Values.Sum(service => service.Counters.GetValueOrDefault(name));

    /// <summary>How long anything took that was sent to the database, as the client library saw it; by service.</summary>
    public IReadOnlyDictionary<string, DurationSummary> DatabaseCalls() => Services
        .Select(service => (service.Key, Durations: DurationSummary.Of(
            service.Value.Histograms.Where(h => h.Metric == "db.client.operation.duration"))))
        .Where(service => service.Durations is not null).ToDictionary(service => service.Key, service => service.Durations!);

    /// <summary>The mean of all values of a metric, of all services together; null where there are none.</summary>
    public double? MeanOf(string metric)
    {
        var series = Services.Values.SelectMany(service => service.Histograms).Where(h => h.Metric == metric).ToList();
        return series.Sum(h => h.Count) is > 0 and var count ? series.Sum(h => h.Sum) / count : null;
    }

    private Dictionary<string, DurationSummary> Summaries(string metric, string attribute) => Services.Values
        .SelectMany(service => service.Histograms).Where(h => h.Metric == metric)
        .GroupBy(h => h.Attributes.GetValueOrDefault(attribute, ""))
        .Select(group => (group.Key, Durations: DurationSummary.Of(group)))
        .Where(group => group.Durations is not null).ToDictionary(group => group.Key, group => group.Durations!);
}

/// <param name="MetricExports">How often the service has told its metrics.</param>
internal sealed record ServiceTelemetry(
    long Spans, long LogRecords, long MetricPoints, long MetricExports, IReadOnlyList<HistogramSeries> Histograms)
{
    /// <summary>Of the wanted counters, by metric and attributes, such as <c>chat.realtime.closed reason=tooSlow</c>.</summary>
    public IReadOnlyDictionary<string, double> Counters { get; init; } = new Dictionary<string, double>();

    public ServiceTelemetry Since(ServiceTelemetry before)
    {
        var earlier = before.Histograms.ToDictionary(h => h.Key);
        return new ServiceTelemetry(
            Spans - before.Spans, LogRecords - before.LogRecords, MetricPoints - before.MetricPoints, MetricExports - before.MetricExports,
            [.. Histograms.Select(h => earlier.TryGetValue(h.Key, out var then) ? h.Since(then) : h)])
        {
            Counters = Counters.ToDictionary(c => c.Key, c => c.Value - before.Counters.GetValueOrDefault(c.Key)),
        };
    }
}

/// <summary>Everything that was ever recorded of a metric under the same attributes: cumulative, in the metric's own unit.</summary>
/// <param name="Bounds">Upper bounds of all buckets but the last, which has none.</param>
/// <param name="Buckets">How many values fell in each.</param>
internal sealed record HistogramSeries(
    string Metric, IReadOnlyDictionary<string, string> Attributes, long Count, double Sum, IReadOnlyList<double> Bounds,
    IReadOnlyList<long> Buckets)
{
    /// <summary>The same for all states of a series.</summary>
    [JsonIgnore]
    public string Key => $"{Metric} {string.Join(' ', Attributes.Select(a => $"{a.Key}={a.Value}"))}";

    /// <summary>What was recorded since an earlier state; everything, where the process was started anew in between.</summary>
    public HistogramSeries Since(HistogramSeries before) => before.Count > Count || !before.Bounds.SequenceEqual(Bounds)
        ? this
        : this with { Count = Count - before.Count, Sum = Sum - before.Sum, Buckets = [.. Buckets.Zip(before.Buckets, (now, then) => now - then)] };
}

[JsonSourceGenerationOptions(System.Text.Json.JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(TelemetrySnapshot))]
internal sealed partial class TelemetryJson : JsonSerializerContext;
