using System.Buffers.Binary;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Net;
using System.Net.Http.Headers;
using Chat.LoadTests.Stacks;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Chat.Tests.LoadTests;

/// <summary>What the exporter that the services ship with sends, as the sink counts it.</summary>
public sealed class TelemetrySinkTests : IAsyncLifetime
{
    private const string MetricsExport = "/opentelemetry.proto.collector.metrics.v1.MetricsService/Export";
    private SinkProcess _sink = null!;

    public async Task InitializeAsync() => _sink = await SinkProcess.StartAsync(CancellationToken.None);

    public Task DisposeAsync() => _sink.DisposeAsync().AsTask();

    [Fact]
    public async Task Durations_are_told_by_statement_and_only_those_since_the_snapshot_before()
    {
        using var meter = new Meter(nameof(TelemetrySinkTests));
        var durations = meter.CreateHistogram(
            "chat.db.statement.duration", "s",
            advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.001, 0.005, 0.02, 0.05] });
        using var services = new Exporters(meter.Name, _sink.Endpoint, ["api", "api2"]);
        Record(0.5, "SendMessages", times: 1000);
        services.Flush();
        var before = await _sink.ReadAsync(CancellationToken.None);

        Record(0.003, "SendMessages", times: 94);
        Record(0.018, "SendMessages", times: 1);
        Record(0.030, "SendMessages", times: 5);
        Record(0.0001, "ReadMessages", times: 1);
        Record(60, "Slow", times: 1);
        services.Flush();
        var measured = (await _sink.ReadAsync(CancellationToken.None)).Since(before);

        // Each of the two services has recorded everything.
        Assert.Equal(["api", "api2"], measured.Services.Keys.Order());
        var sent = measured.Statements()["SendMessages"];
        Assert.Equal(200, sent.Count);
        Assert.Equal(((0.003 * 94) + 0.018 + (0.030 * 5)) / 100, sent.Mean.TotalSeconds, tolerance: 1e-6);
        Assert.Equal((5, 5, 20, 50, 50), (Ms(0.5), Ms(0.94), Ms(0.95), Ms(0.951), Ms(1)));
        Assert.Equal(2, measured.Statements()["ReadMessages"].Count);
        Assert.Equal(TimeSpan.MaxValue, measured.Statements()["Slow"].AtMost(0.5));
        Assert.Equal(1, measured.Services["api"].MetricExports);
        Assert.Equal(3, measured.Services["api"].MetricPoints);

        void Record(double seconds, string statement, int times)
        {
            for (var n = 0; n < times; n++)
            {
                durations.Record(seconds, new KeyValuePair<string, object?>("statement", statement));
            }
        }

        double Ms(double share) => sent.AtMost(share).TotalMilliseconds;
    }

    [Fact]
    public async Task Spans_are_counted_by_service()
    {
        using var source = new ActivitySource(nameof(Spans_are_counted_by_service));
        using (var tracing = Sdk.CreateTracerProviderBuilder().AddSource(source.Name)
            .ConfigureResource(resource => resource.AddService("realtime")).AddOtlpExporter(ToSink).Build())
        {
            for (var n = 0; n < 7; n++)
            {
                source.StartActivity("work")!.Dispose();
            }
        }

        Assert.Equal(7, (await _sink.ReadAsync(CancellationToken.None)).Services["realtime"].Spans);
    }

    /// <summary>Cut off, of no known wire type, a number without an end, a length beyond the end; and no gRPC message at all.</summary>
    [Theory]
    [InlineData(new byte[] { 0x0A })]
    [InlineData(new byte[] { 0x0F })]
    [InlineData(new byte[] { 0x08, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF })]
    [InlineData(new byte[] { 0x0A, 0x7F, 0x00 })]
    [InlineData(new byte[] { 0x0A, 0xFF, 0xFF, 0xFF, 0xFF, 0x0F })]
    [InlineData(new byte[] { 0x08, 0x01, 0x0D, 0x01 })]
    [InlineData(null)]
    public async Task What_is_no_telemetry_is_refused_and_the_sink_goes_on(byte[]? message)
    {
        Assert.Equal("3", await ExportAsync(message is null ? [1, 2] : Framed(message)));

        Assert.Equal("0", await ExportAsync(Framed([])));
        Assert.Empty((await _sink.ReadAsync(CancellationToken.None)).Services);
    }

    private static byte[] Framed(byte[] message)
    {
        var framed = new byte[5 + message.Length];
        BinaryPrimitives.WriteInt32BigEndian(framed.AsSpan(1), message.Length);
        message.CopyTo(framed, 5);
        return framed;
    }

    private async Task<string> ExportAsync(byte[] body)
    {
        using var client = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(_sink.Endpoint, MetricsExport))
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/grpc") } },
        };
        using var answer = await client.SendAsync(request);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return answer.TrailingHeaders.GetValues("grpc-status").Single();
    }

    private void ToSink(OtlpExporterOptions options) => (options.Endpoint, options.Protocol) = (_sink.Endpoint, OtlpExportProtocol.Grpc);

    /// <summary>The same meter, exported as several services would.</summary>
    private sealed class Exporters(string meter, Uri sink, IEnumerable<string> services) : IDisposable
    {
        private readonly MeterProvider[] _providers = [.. services.Select(service => Sdk.CreateMeterProviderBuilder()
            .AddMeter(meter).ConfigureResource(resource => resource.AddService(service))
            .AddOtlpExporter((options, reader) =>
            {
                (options.Endpoint, options.Protocol) = (sink, OtlpExportProtocol.Grpc);
                reader.PeriodicExportingMetricReaderOptions.ExportIntervalMilliseconds = Timeout.Infinite;
            }).Build())];

        public void Flush() => Assert.All(_providers, provider => Assert.True(provider.ForceFlush()));

        public void Dispose()
        {
            foreach (var provider in _providers)
            {
                provider.Dispose();
            }
        }
    }
}
