using System.Collections.Concurrent;
using System.Diagnostics;
using Chat.LoadTests.Measuring;

namespace Chat.LoadTests.Sockets;

/// <summary>Many sockets of one process, opened at a bounded rate, kept alive by one timer, each end counted by its reason.</summary>
internal sealed partial class PushSockets : IAsyncDisposable
{
    private static readonly TimeSpan ConnectBound = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan CloseBound = TimeSpan.FromSeconds(15);

    /// <summary>How far the opening may be behind its rate and still make up for it.</summary>
    private static readonly long Slack = Stopwatch.Frequency / 20;

    private readonly ConcurrentDictionary<string, long> _failures = new();
    private readonly ConcurrentDictionary<string, long> _drops = new();
    private readonly PushTarget[] _targets;
    private readonly PushSocket?[] _sockets;
    private readonly PushHandler _handler;
    private readonly ReceiveLoop _loop;
    private readonly Keepalive _keepalive;
    private Routes? _routes;
    private int _begun;
    private int _open;

    /// <param name="capacity">How many there will be at most.</param>
    /// <param name="handler">Takes what they are sent.</param>
    /// <param name="returning">What those do that are cut off; null: stay away.</param>
    public PushSockets(int capacity, PushHandler handler, ReturnPolicy? returning = null)
    {
        (_targets, _sockets, _handler, _returning) = (new PushTarget[capacity], new PushSocket?[capacity], handler, returning);
        _loop = new ReceiveLoop(capacity);
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
        var sockets = new PushSockets(targets.Count, handler);
        try
        {
            await sockets.AddAsync(targets, rate, cancellationToken, opened);
            return sockets;
        }
        catch
        {
            await sockets.DisposeAsync();
            throw;
        }
    }

    /// <summary>Opens more, and returns when each is ready or has failed. One such call at a time.</summary>
    /// <param name="opened">Told after each how many are open.</param>
    public async Task AddAsync(
        IReadOnlyList<PushTarget> targets, OpenRate rate, CancellationToken cancellationToken, IProgress<int>? opened = null)
    {
        _routes = await Routes.ToAsync([.. targets.Select(t => t.Realtime), .. _returning?.Nodes ?? []], cancellationToken);
        var begun = new List<Task>(targets.Count);
        using var free = new SemaphoreSlim(rate.AtOnce);
        var due = Stopwatch.GetTimestamp();
        try
        {
            foreach (var target in targets)
            {
                var wait = Stopwatch.GetElapsedTime(Stopwatch.GetTimestamp(), due);
                await Task.Delay(wait > TimeSpan.Zero ? wait : TimeSpan.Zero, cancellationToken);
                await free.WaitAsync(cancellationToken);
                // What could not begin in time is made up for by no more than a small burst.
                due = Math.Max(due, Stopwatch.GetTimestamp() - Slack) + (Stopwatch.Frequency / rate.PerSecond);
                var index = _begun++;
                _targets[index] = target;
                begun.Add(OpenOneAsync(index));
            }
        }
        finally
        {
            await Task.WhenAll(begun);
        }

        cancellationToken.ThrowIfCancellationRequested();

        async Task OpenOneAsync(int index)
        {
            var started = Stopwatch.GetTimestamp();
            var reason = await TryOpenAsync(index, _targets[index], cancellationToken);
            free.Release();
            if (reason is null)
            {
                ConnectTime.Record(Stopwatch.GetElapsedTime(started));
                opened?.Report(Open);
            }
            else
            {
                _failures.AddOrUpdate(reason, 1, (_, count) => count + 1);
            }
        }
    }

    /// <summary>Does something on the thread that calls the handler.</summary>
    public void Post(Action action) => _loop.Post(action);

    /// <summary>Lets all go, politely: those that the server has not let go within 15 s are cut.</summary>
    public async Task CloseAsync()
    {
        await _leaving.CancelAsync();
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

    /// <returns>Null, or why it is not open.</returns>
    private async Task<string?> TryOpenAsync(int index, PushTarget target, CancellationToken cancellationToken)
    {
        var socket = new PushSocket(target, _routes!.For(target.Realtime), _handler);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(ConnectBound);
        string? reason;
        try
        {
            reason = await socket.ConnectAsync(_loop, index, patience.Token);
        }
        catch (OperationCanceledException)
        {
            reason = "timeout";
        }

        if (reason is not null)
        {
            socket.Dispose();
            return reason;
        }

        Volatile.Write(ref _sockets[index], socket);
        Interlocked.Increment(ref _open);
        _ = WatchAsync(index, socket);
        return null;
    }

    private async Task WatchAsync(int index, PushSocket socket)
    {
        var reason = await socket.Ended;
        Interlocked.Decrement(ref _open);
        if (reason != PushSocket.Left)
        {
            _drops.AddOrUpdate(reason, 1, (_, count) => count + 1);
            if (_returning is not null && socket.MayReturn)
            {
                await ReturnAsync(index, socket);
            }
        }
    }
}
