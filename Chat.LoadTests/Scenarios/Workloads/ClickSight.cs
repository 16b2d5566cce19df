using System.Collections.Concurrent;
using System.Diagnostics;
using Chat.LoadTests.Measuring;
using Chat.LoadTests.Sockets;

namespace Chat.LoadTests.Scenarios.Workloads;

/// <summary>
/// What those who look on see of clicks: how many pushes there are, and, where few click, how long each takes until another has its
/// count. Of two clicks on one message at the same time nobody could say whose the push is.
/// </summary>
internal sealed class ClickSight
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private readonly ConcurrentDictionary<long, TaskCompletionSource<long>> _expected = new();
    private readonly ConcurrentDictionary<long, long> _pushes = new();

    /// <summary>Whether clicks wait until they are seen.</summary>
    public bool Watches { get; private set; }

    public Histogram Latency { get; private set; } = new();

    /// <summary>Of the message that had the most.</summary>
    public long Pushes => _pushes.Values.DefaultIfEmpty().Max();

    public void Begin(bool watches)
    {
        (Watches, Latency) = (watches, new Histogram());
        _pushes.Clear();
    }

    /// <summary>To be called before a click; completes when another has its count, or after some seconds, which count.</summary>
    public async Task Expect(long seq)
    {
        if (!Watches)
        {
            return;
        }

        var seen = new TaskCompletionSource<long>(TaskCreationOptions.RunContinuationsAsynchronously);
        _expected[seq] = seen;
        var started = Stopwatch.GetTimestamp();
        try
        {
            Latency.Record(Stopwatch.GetElapsedTime(started, await seen.Task.WaitAsync(Patience)));
        }
        catch (TimeoutException)
        {
            Latency.Record(Patience);
        }
    }

    /// <summary>A push arrived at the first of those who look on.</summary>
    public void Received(in Push push, long receivedAt)
    {
        if (push.Kind == PushKind.MessageChanged)
        {
            _pushes.AddOrUpdate(push.Seq, 1, (_, count) => count + 1);
            if (_expected.TryRemove(push.Seq, out var seen))
            {
                seen.TrySetResult(receivedAt);
            }
        }
    }
}
