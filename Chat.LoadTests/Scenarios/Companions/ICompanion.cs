using Chat.LoadTests.Results;

namespace Chat.LoadTests.Scenarios.Companions;

/// <summary>What goes on beside a load: sockets that are opened, clients that fall silent, a process that is killed, a look at the memory.</summary>
internal interface ICompanion : IAsyncDisposable
{
    /// <summary>Before a phase, be it a warm-up; returns when its load may begin.</summary>
    Task BeginAsync(Phase phase, CancellationToken stop);

    /// <summary>After the load of a phase that counts: waits for what is still due, and adds what came of it.</summary>
    Task<PhaseResult> EndAsync(Phase phase, PhaseResult result);
}
