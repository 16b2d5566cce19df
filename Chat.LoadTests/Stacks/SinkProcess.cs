using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using Chat.LoadTests.Commands;
using Chat.LoadTests.Stacks.Telemetry;

namespace Chat.LoadTests.Stacks;

/// <summary>A <see cref="TelemetrySink"/> in a process of its own, which ends when this one does.</summary>
internal sealed class SinkProcess : IAsyncDisposable
{
    private const string ExportInterval = "1000";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(100);
    private readonly Process _process;
    private readonly HttpClient _client;

    private SinkProcess(Process process, Uri endpoint, Uri results)
    {
        _process = process;
        Endpoint = endpoint;
        _client = new HttpClient { BaseAddress = results };
    }

    public int Id => _process.Id;

    /// <summary>Where it takes OTLP over gRPC.</summary>
    public Uri Endpoint { get; }

    /// <summary>
    /// For whoever starts services: sends their telemetry here. Real Aspire, which gives services an address itself, takes it from
    /// the setting of its dashboard. Metrics come once a second, as Aspire has it in development, so that the measured
    /// interval has sharp edges.
    /// </summary>
    public IReadOnlyDictionary<string, string> Environment => new Dictionary<string, string>
    {
        ["OTEL_EXPORTER_OTLP_ENDPOINT"] = $"{Endpoint}",
        ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "grpc",
        ["OTEL_METRIC_EXPORT_INTERVAL"] = ExportInterval,
        ["ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL"] = $"{Endpoint}",
    };

    public static async Task<SinkProcess> StartAsync(CancellationToken cancellationToken)
    {
        // Its own session: Ctrl-C is for us, who still want the last counts.
        var process = Process.Start(new ProcessStartInfo("setsid", ["dotnet", typeof(SinkProcess).Assembly.Location, SinkCommand.Name])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
        try
        {
            var line = await process.StandardOutput.ReadLineAsync(cancellationToken);
            var ports = line?.Split(TelemetrySink.ReadyLine) is ["", var numbers] ? numbers.Split(' ') : [];
            return ports is [var endpoint, var results]
                ? new SinkProcess(process, AddressOf(endpoint), AddressOf(results))
                : throw new CannotRunException($"The telemetry sink did not start: {line}");
        }
        catch
        {
            process.StandardInput.Close();
            throw;
        }
    }

    /// <summary>What has arrived so far.</summary>
    public async Task<TelemetrySnapshot> ReadAsync(CancellationToken cancellationToken) =>
        (await _client.GetFromJsonAsync("/", TelemetryJson.Default.TelemetrySnapshot, cancellationToken))!;

    /// <summary>What has arrived when each of the services has told its metrics twice more: the second time they are of after this call.</summary>
    /// <exception cref="CannotRunException">One of them did not within 15 s.</exception>
    public async Task<TelemetrySnapshot> ReadAsync(IReadOnlyCollection<string> services, CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        var before = await ReadAsync(cancellationToken);
        using var timer = new PeriodicTimer(Poll);
        while (Stopwatch.GetElapsedTime(started) < Patience)
        {
            var now = await ReadAsync(cancellationToken);
            if (services.All(service => ExportsOf(service, now) >= ExportsOf(service, before) + 2))
            {
                return now;
            }

            await timer.WaitForNextTickAsync(cancellationToken);
        }

        throw new CannotRunException($"Not each of {string.Join(", ", services)} sent its metrics within {Patience.TotalSeconds} s.");
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        _process.StandardInput.Close();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private static long ExportsOf(string service, TelemetrySnapshot snapshot) =>
        snapshot.Services.TryGetValue(service, out var telemetry) ? telemetry.MetricExports : 0;

    private static Uri AddressOf(string port) => new($"http://127.0.0.1:{int.Parse(port, CultureInfo.InvariantCulture)}");
}
