using System.Buffers.Binary;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Chat.LoadTests.Stacks.Telemetry;

/// <summary>
/// Takes telemetry by OTLP over gRPC, as a production stack's collector does, counts it and throws it away. In a process of its
/// own, so that what it costs does not pass for the services' or the generator's. <c>GET /</c> on a second port tells the counts.
/// </summary>
internal static class TelemetrySink
{
    /// <summary>Begins the line that is printed when both ports, which follow in it, are open.</summary>
    public const string ReadyLine = "Telemetry sink on ports ";

    private const string Service = "/opentelemetry.proto.collector.{0}.v1.{1}Service/Export";
    private const int InvalidArgument = 3;

    /// <summary>Runs until standard input ends, which it does also when the process that started this one dies.</summary>
    public static async Task RunAsync(CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, 0, port => port.Protocols = HttpProtocols.Http2);
            kestrel.Listen(IPAddress.Loopback, 0, port => port.Protocols = HttpProtocols.Http1);
        });
        await using var app = builder.Build();
        var counts = new TelemetryCounts();
        MapExport(app, "trace", "Trace", counts.AddSpans);
        MapExport(app, "logs", "Logs", counts.AddLogRecords);
        MapExport(app, "metrics", "Metrics", counts.AddMetrics);
        app.MapGet("/", (HttpContext http) => http.Response.WriteAsJsonAsync(counts.Snapshot(), TelemetryJson.Default.TelemetrySnapshot));
        await app.StartAsync(cancellationToken);
        var addresses = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses;
        Console.WriteLine($"{ReadyLine}{string.Join(' ', addresses.Select(address => new Uri(address).Port))}");
        await Console.In.ReadToEndAsync(cancellationToken);
    }

    private static void MapExport(WebApplication app, string package, string name, Action<ReadOnlySpan<byte>> add) =>
        app.MapPost(string.Format(null, Service, package, name), async (HttpContext http) =>
        {
            using var body = new MemoryStream();
            await http.Request.Body.CopyToAsync(body, http.RequestAborted);
            var status = TryAdd(body.GetBuffer().AsSpan(0, (int)body.Length), add) ? 0 : InvalidArgument;
            http.Response.ContentType = "application/grpc";
            http.Response.DeclareTrailer("grpc-status");
            await http.Response.Body.WriteAsync(new byte[5], http.RequestAborted);
            http.Response.AppendTrailer("grpc-status", $"{status}");
        });

    /// <summary>
    /// A gRPC message comes after a byte that says whether it is compressed and four with its length
    /// (github.com/grpc/grpc/blob/master/doc/PROTOCOL-HTTP2.md). An answer of five zeros is an empty message: all was taken.
    /// </summary>
    private static bool TryAdd(ReadOnlySpan<byte> body, Action<ReadOnlySpan<byte>> add)
    {
        const int prefix = 5;
        if (body.Length < prefix || body[0] != 0 || BinaryPrimitives.ReadUInt32BigEndian(body[1..]) != body.Length - prefix)
        {
            return false;
        }

        try
        {
            add(body[prefix..]);
            return true;
        }
        catch (InvalidDataException)
        {
            return false;
        }
    }
}
