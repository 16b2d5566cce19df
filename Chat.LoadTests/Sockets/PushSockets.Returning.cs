using System.Collections.Concurrent;
using System.Diagnostics;
using Chat.LoadTests.Measuring;

namespace Chat.LoadTests.Sockets;

/// <content>The way back of those that were cut off.</content>
internal sealed partial class PushSockets
{
    private readonly ReturnPolicy? _returning;
    private readonly CancellationTokenSource _leaving = new();
    private readonly ConcurrentDictionary<string, long> _failedReturns = new();
    private int _away;

    /// <summary>How many are cut off, or back and still asking for what they have missed.</summary>
    public int Away => Volatile.Read(ref _away);

    /// <summary>Of each that came back: from being cut off until it had all it had missed. Pauses included.</summary>
    public Histogram ReturnTime { get; } = new();

    /// <summary>Attempts to come back that failed, each followed by another.</summary>
    public IReadOnlyDictionary<string, long> FailedReturnsByReason => _failedReturns;

    private async Task ReturnAsync(int index, PushSocket lost)
    {
        Interlocked.Increment(ref _away);
        var started = Stopwatch.GetTimestamp();
        try
        {
            for (var attempt = 0; ; attempt++)
            {
                await Task.Delay(_returning!.Pause(attempt, lost.After, Random.Shared), _leaving.Token);
                var target = _targets[index];
                target = target with
                {
                    Realtime = _returning.NodeAfter(target.Realtime, attempt),
                    AccessToken = target.Fresh?.Invoke() ?? target.AccessToken,
                };
                if (await TryOpenAsync(index, target, _leaving.Token) is not { } reason)
                {
                    _targets[index] = target;
                    break;
                }

                _failedReturns.AddOrUpdate(reason, 1, (_, count) => count + 1);
            }

            await _returning.CatchUp(_targets[index].Recipient, _sockets[index]!.Ready!, _leaving.Token);
            ReturnTime.Record(Stopwatch.GetElapsedTime(started));
        }
        catch (OperationCanceledException)
        {
            // All are being let go.
        }
        finally
        {
            Interlocked.Decrement(ref _away);
        }
    }
}
