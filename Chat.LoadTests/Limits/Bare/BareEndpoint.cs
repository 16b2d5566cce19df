using System.Diagnostics;
using Chat.LoadTests.Limits.Programs;
using Chat.LoadTests.Measuring;

namespace Chat.LoadTests.Limits.Bare;

/// <summary>How many requests a second the web server and this generator manage between them when the answer costs nothing.</summary>
internal sealed class BareEndpoint : ILimit
{
    public string Name => KnownLimits.BareEndpoint;

    public bool NeedsStack => false;

    public async Task<LimitResult> MeasureAsync(LimitContext context, CancellationToken cancellationToken)
    {
        try
        {
            await using var server = await BareServerProcess.StartAsync(cancellationToken);
            return await MeasureAsync(server.Address(), context, cancellationToken);
        }
        catch (ServerStartException e)
        {
            return new LimitResult.NotMeasured(Name, e.Message);
        }
    }

    private async Task<LimitResult> MeasureAsync(Uri server, LimitContext context, CancellationToken cancellationToken)
    {
        IUser[] users = [.. Enumerable.Range(0, context.Connections).Select(_ => new BareUser(server))];
        try
        {
            await LoadAsync(users, context.WarmUp, new Recorder(), cancellationToken);
            var recorder = new Recorder();
            var started = Stopwatch.GetTimestamp();
            await LoadAsync(users, context.Duration, recorder, cancellationToken);
            var took = Stopwatch.GetElapsedTime(started);
            cancellationToken.ThrowIfCancellationRequested();
            return recorder.Errors == 0
                ? new LimitResult.Measured(
                    Name, recorder.Accepted / took.TotalSeconds, "requests",
                    $"POST of a message that is parsed and answered with 201, {context.Connections} connections,"
                    + $" p95 {recorder.Latency.Percentile(0.95).TotalMilliseconds:0.0} ms")
                : new LimitResult.NotMeasured(Name, $"{recorder.Errors} requests failed: {string.Join(", ", recorder.ErrorsByReason.Keys)}");
        }
        finally
        {
            foreach (var user in users)
            {
                user.Dispose();
            }
        }
    }

    private static Task LoadAsync(IUser[] users, TimeSpan duration, Recorder recorder, CancellationToken cancellationToken) =>
        ClosedLoad.RunAsync(users, users.Length, users.Length, ThinkTime.None, duration, recorder, seed: 1, cancellationToken);
}
