namespace Chat.LoadTests.Stacks.Telemetry;

/// <summary>Counts what arrives, by service, and keeps the latest state of the wanted histograms and counters. For many threads.</summary>
internal sealed class TelemetryCounts
{
    private static readonly HashSet<string> Wanted =
        ["chat.db.statement.duration", "db.client.operation.duration", "chat.realtime.closed", "chat.files.links.from_memory", "chat.files.links.signed"];

    private readonly Lock _lock = new();
    private readonly Dictionary<string, Entry> _services = [];

    public void AddSpans(ReadOnlySpan<byte> request)
    {
        lock (_lock)
        {
            OtlpReader.ReadItems(request, (service, _) => EntryOf(service).Spans++);
        }
    }

    public void AddLogRecords(ReadOnlySpan<byte> request)
    {
        lock (_lock)
        {
            OtlpReader.ReadItems(request, (service, _) => EntryOf(service).LogRecords++);
        }
    }

    public void AddMetrics(ReadOnlySpan<byte> request)
    {
        var told = new HashSet<string>();
        var histograms = new List<HistogramSeries>();
        var counters = new Dictionary<string, double>();
        lock (_lock)
        {
            OtlpReader.ReadItems(request, (service, metric) =>
            {
                var entry = EntryOf(service);
                told.Add(service);
                entry.MetricPoints += OtlpReader.ReadMetric(metric, Wanted, histograms, counters);
                histograms.ForEach(h => entry.Histograms[h.Key] = h);
                histograms.Clear();
                foreach (var (counter, value) in counters)
                {
                    entry.Counters[counter] = value;
                }

                counters.Clear();
            });
            foreach (var service in told)
            {
                EntryOf(service).MetricExports++;
            }
        }
    }

    public TelemetrySnapshot Snapshot()
    {
        lock (_lock)
        {
            return new TelemetrySnapshot(_services.ToDictionary(
                service => service.Key,
                service => new ServiceTelemetry(
                    service.Value.Spans, service.Value.LogRecords, service.Value.MetricPoints, service.Value.MetricExports,
                    [.. service.Value.Histograms.Values])
                {
                    Counters = new Dictionary<string, double>(service.Value.Counters),
                }));
        }
    }

    private Entry EntryOf(string service) =>
        _services.TryGetValue(service, out var entry) ? entry : _services[service] = new Entry();

    private sealed class Entry
    {
        public long Spans { get; set; }

        public long LogRecords { get; set; }

        public long MetricPoints { get; set; }

        public long MetricExports { get; set; }

        public Dictionary<string, HistogramSeries> Histograms { get; } = [];

        public Dictionary<string, double> Counters { get; } = [];
    }
}
