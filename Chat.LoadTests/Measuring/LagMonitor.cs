using System.Diagnostics;

namespace Chat.LoadTests.Measuring;

/// <summary>
/// How late this process itself is: a timer that should go off every 10 ms, and by how much it does not. Latencies of the order of
/// this lag are the generator's, not the server's.
/// </summary>
internal sealed class LagMonitor : IAsyncDisposable
{
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(10);
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _running;
    private Histogram _lag = new();

    public LagMonitor() => _running = Task.Run(RunAsync);

    /// <summary>The lag since the last call.</summary>
    public Histogram Take() => Interlocked.Exchange(ref _lag, new Histogram());

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running;
        _stop.Dispose();
    }

    private async Task RunAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            var began = Stopwatch.GetTimestamp();
            await Task.Delay(Period, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            Volatile.Read(ref _lag).Record(Stopwatch.GetElapsedTime(began) - Period);
        }
    }
}
