using Chat.LoadTests.Results;
using Chat.LoadTests.Sockets;

namespace Chat.LoadTests.Scenarios.Companions;

/// <summary>Kills a process while a phase's load goes on, and waits until all whose connection it was are back and whole.</summary>
internal sealed class NodeDeath(Preparation preparation, Func<PushSockets> sockets) : ICompanion
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(100);
    private readonly HashSet<string> _killed = [];
    private Task _dying = Task.CompletedTask;
    private int _connected;

    public bool HasKilled(string process) => _killed.Contains(process);

    public Task BeginAsync(Phase phase, CancellationToken stop)
    {
        _dying = phase.Kills is { } victim ? KillAsync(victim, phase.Duration / 20) : Task.CompletedTask;
        return Task.CompletedTask;
    }

    public async Task<PhaseResult> EndAsync(Phase phase, PhaseResult result)
    {
        if (phase.Kills is null)
        {
            return result;
        }

        await _dying;
        var all = sockets();
        using var patience = new CancellationTokenSource(Patience);
        using var timer = new PeriodicTimer(Look);
        while ((all.DropsByReason.Values.Sum() < _connected || all.Away > 0) && !patience.IsCancellationRequested)
        {
            await ((Task)timer.WaitForNextTickAsync(patience.Token).AsTask()).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        var returned = all.ReturnTime;
        return result with
        {
            Storm = new StormResult(
                _connected, returned.Count, all.FailedReturnsByReason, all.Away == 0 ? Math.Round(returned.Max.TotalSeconds, 2) : null, Latencies.Of(returned)),
        };
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private async Task KillAsync(string victim, TimeSpan after)
    {
        // The load is to be flowing when it happens.
        await Task.Delay(after);
        _connected = sockets().Open;
        _killed.Add(victim);
        preparation.Progress.Say($"    killing {victim}, with {_connected:#,0} sockets");
        await preparation.Stack.KillAsync(victim);
    }
}
