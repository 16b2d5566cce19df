using System.Globalization;
using Chat.LoadTests.Limits.Programs;

namespace Chat.LoadTests.Limits.Redis;

/// <summary>
/// How many messages a second Redis takes for publishing, each one awaited. Of a server of our own: redis-benchmark takes a password
/// from its command line only, where anybody on the machine may read it.
/// </summary>
/// <param name="program">Its name.</param>
internal sealed class RedisPublish(string program = "redis-benchmark") : ILimit
{
    private const int MessageBytes = 300;
    private const int CalibrationRequests = 10_000;
    private const int MaxRequests = 10_000_000;
    private const int Parts = 5;
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(20);

    public string Name => KnownLimits.RedisPublish;

    public bool NeedsStack => false;

    public async Task<LimitResult> MeasureAsync(LimitContext context, CancellationToken cancellationToken)
    {
        if (InstalledPrograms.Find(program) is not { } file)
        {
            return new LimitResult.NotMeasured(Name, $"{program} is not installed");
        }

        try
        {
            var port = RedisProcess.FreePort();
            await using var server = await RedisProcess.StartAsync(port, cancellationToken);
            return await MeasureAsync(file, port, context, cancellationToken);
        }
        catch (ServerStartException e)
        {
            return new LimitResult.NotMeasured(Name, e.Message);
        }
    }

    /// <summary>
    /// It is told a number of requests, not a time: a first run finds out how many there are in a part of it, and more runs follow
    /// until it is over, however slow the machine has become meanwhile.
    /// </summary>
    private async Task<LimitResult> MeasureAsync(string file, int port, LimitContext context, CancellationToken cancellationToken)
    {
        var last = await RunAsync(file, port, CalibrationRequests, context, cancellationToken);
        var part = last is LimitResult.Measured { PerSecond: var rate } ? rate * context.Duration.TotalSeconds / Parts : 0;
        var requests = (int)Math.Clamp(part, CalibrationRequests, MaxRequests);
        var (published, seconds) = (0.0, 0.0);
        while (last is LimitResult.Measured && seconds < context.Duration.TotalSeconds)
        {
            last = await RunAsync(file, port, requests, context, cancellationToken);
            published += requests;
            seconds += last is LimitResult.Measured run ? requests / run.PerSecond : 0;
        }

        return last is LimitResult.Measured measured ? measured with { PerSecond = published / seconds } : last;
    }

    private async Task<LimitResult> RunAsync(string file, int port, int requests, LimitContext context, CancellationToken cancellationToken)
    {
        string[] arguments =
        [
            "-h", "127.0.0.1", "-p", $"{port}", "-c", $"{context.Connections}", "-n", $"{requests}", "--csv",
            "publish", "limits", new string('x', MessageBytes),
        ];
        var run = await ProgramRun.ToEndAsync(
            file, arguments, input: "", context.Duration + Grace, new Dictionary<string, string?>(), cancellationToken);
        return run.Failure is not null ? new LimitResult.NotMeasured(Name, run.Failure)
            : Read(run.Output) is not var (perSecond, p95) ? new LimitResult.NotMeasured(Name, $"{program} reported no rate")
            : new LimitResult.Measured(
                Name, perSecond, "publishes",
                $"redis-benchmark, {MessageBytes} bytes to a channel that nobody hears, {context.Connections} connections, not pipelined,"
                + $" p95 {p95:0.0} ms");
    }

    /// <summary>The last row: "test","rps","avg_latency_ms","min_latency_ms","p50_latency_ms","p95_latency_ms", …</summary>
    private static (double PerSecond, double P95Milliseconds)? Read(string csv)
    {
        var fields = csv.TrimEnd().Split('\n')[^1].Trim('"').Split("\",\"");
        return fields.Length > 5
            && double.TryParse(fields[1], CultureInfo.InvariantCulture, out var perSecond)
            && double.TryParse(fields[5], CultureInfo.InvariantCulture, out var p95)
            ? (perSecond, p95)
            : null;
    }
}
