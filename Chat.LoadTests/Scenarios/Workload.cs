using Chat.LoadTests.Measuring;
using Chat.LoadTests.Results;

namespace Chat.LoadTests.Scenarios;

/// <summary>The users of a scenario, ready to act.</summary>
internal class Workload(IReadOnlyList<IUser> users) : IAsyncDisposable
{
    public IReadOnlyList<IUser> Users => users;

    /// <summary>What else a reader of the result must know.</summary>
    public virtual IEnumerable<string> Notes => [];

    /// <summary>Those who act in a load beside a phase's own.</summary>
    public virtual IReadOnlyList<IUser> Beside(string name) => throw new NotSupportedException($"There is nobody for '{name}'.");

    /// <summary>A phase is about to begin, be it a warm-up.</summary>
    public virtual Task BeginAsync(Phase phase, CancellationToken stop) => Task.CompletedTask;

    /// <summary>A phase that counts is over; waits for what it set in motion, and adds to its result what only this workload knows.</summary>
    public virtual Task<PhaseResult> EndAsync(PhaseResult result, bool isMain) => Task.FromResult(result);

    /// <summary>Whether the workload itself ended that process.</summary>
    public virtual bool HasKilled(string process) => false;

    /// <summary>After the last phase: what was promised, compared with what is there. Adds to the result what only this workload knows.</summary>
    public virtual Task<RunResult> SettleAsync(RunResult result, CancellationToken stop) => Task.FromResult(result);

    public virtual ValueTask DisposeAsync()
    {
        foreach (var user in users)
        {
            user.Dispose();
        }

        return ValueTask.CompletedTask;
    }
}
