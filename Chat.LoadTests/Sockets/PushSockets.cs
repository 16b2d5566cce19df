using System.Collections.Concurrent;
using System.Diagnostics;
using Chat.LoadTests.Measuring;

namespace Chat.LoadTests.Sockets;

/// <summary>Many sockets of one process, opened at a bounded rate, kept alive by one timer, each end counted by its reason.</summary>
internal sealed class PushSockets : IAsyncDisposable
{
    private static readonly TimeSpan ConnectBound = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan CloseBound = TimeSpan.FromSeconds(15);

    private readonly ConcurrentDictionary<string, long> _failures = new();
    private readonly ConcurrentDictionary<string, long> _drops = new();
    private readonly PushSocket?[] _sockets;
    private readonly ReceiveLoop _loop;
    private readonly Keepalive _keepalive;
    private int _open;

    private PushSockets(int count)
    {
        _sockets = new PushSocket?[count];
        _loop = new ReceiveLoop(count);
        _keepalive = new Keepalive(_sockets);
    }

    /// <summary>How many are open now.</summary>
    public int Open => Volatile.Read(ref _open);

    /// <summary>From the connect of TCP to the hub's <c>ready</c>.</summary>
    public Histogram ConnectTime { get; } = new();

    /// <summary>Those that never got ready.</summary>
    public IReadOnlyDictionary<string, long> FailuresByReason => _failures;

    /// <summary>Those that ended later without having been asked to.</summary>
    public IReadOnlyDictionary<string, long> DropsByReason => _drops;

    /// <summary>Opens a socket for each target, and returns when each is ready or has failed.</summary>
    /// <param name="opened">Told after each how many are open.</param>
    public static async Task<PushSockets> OpenAsync(
        IReadOnlyList<PushTarget> targets, OpenRate rate, PushHandler handler, CancellationToken cancellationToken, IProgress<int>? opened = null)
    {
        var sockets = new PushSockets(targets.Count);
        try
        {
            await sockets.OpenAllAsync(targets, rate, handler, opened, cancellationToken);
            return sockets;
        }
        catch
        {
            await sockets.DisposeAsync();
            throw;
        }
    }

    /// <summary>Lets all go, politely: those that the server has not let go within 15 s are cut.</summary>
    public async Task CloseAsync()
    {
        await _keepalive.DisposeAsync();
        PushSocket[] sockets = [.. _sockets.OfType<PushSocket>()];
        foreach (var socket in sockets.Where(s => !s.Ended.IsCompleted))
        {
            socket.Leave();
        }

        var ended = Task.WhenAll(sockets.Select(s => s.Ended));
        // A bound, not a pause: whoever has not ended by then is cut.
        await Task.WhenAny(ended, Task.Delay(CloseBound));
        foreach (var socket in sockets)
        {
            socket.Dispose();
        }

        _loop.Dispose();
        // Throws what a handler threw, if one did: its socket has heard nothing since.
        await ended;
    }

    public async ValueTask DisposeAsync() => await CloseAsync();

    private async Task OpenAllAsync(
        IReadOnlyList<PushTarget> targets, OpenRate rate, PushHandler handler, IProgress<int>? opened, CancellationToken cancellationToken)
    {
        var routes = await Routes.ToAsync(targets.Select(t => t.Realtime), cancellationToken);
        var begun = new List<Task>(targets.Count);
        using var free = new SemaphoreSlim(rate.AtOnce);
        var due = Stopwatch.GetTimestamp();
        try
        {
            for (var i = 0; i < targets.Count; i++)
            {
                var wait = Stopwatch.GetElapsedTime(Stopwatch.GetTimestamp(), due);
                await Task.Delay(wait > TimeSpan.Zero ? wait : TimeSpan.Zero, cancellationToken);
                await free.WaitAsync(cancellationToken);
                // From now on, if it is late: what could not begin in time is not made up for by a burst.
                due = Math.Max(due, Stopwatch.GetTimestamp()) + (Stopwatch.Frequency / rate.PerSecond);
                begun.Add(OpenOneAsync(i));
            }
        }
        finally
        {
            await Task.WhenAll(begun);
        }

        cancellationToken.ThrowIfCancellationRequested();

        async Task OpenOneAsync(int index)
        {
            var socket = new PushSocket(targets[index], routes.For(targets[index].Realtime), handler);
            var reason = await TryConnectAsync(index, socket, cancellationToken);
            free.Release();
            if (reason is not null)
            {
                _failures.AddOrUpdate(reason, 1, (_, count) => count + 1);
                socket.Dispose();
                return;
            }

            Volatile.Write(ref _sockets[index], socket);
            var open = Interlocked.Increment(ref _open);
            opened?.Report(open);
            _ = WatchAsync(socket);
        }
    }

    private async Task<string?> TryConnectAsync(int number, PushSocket socket, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(ConnectBound);
        var started = Stopwatch.GetTimestamp();
        try
        {
            var reason = await socket.ConnectAsync(_loop, number, patience.Token);
            if (reason is null)
            {
                ConnectTime.Record(Stopwatch.GetElapsedTime(started));
            }

            return reason;
        }
        catch (OperationCanceledException)
        {
            return "timeout";
        }
    }

    private async Task WatchAsync(PushSocket socket)
    {
        var reason = await socket.Ended;
        Interlocked.Decrement(ref _open);
        if (reason != PushSocket.Left)
        {
            _drops.AddOrUpdate(reason, 1, (_, count) => count + 1);
        }
    }
}
