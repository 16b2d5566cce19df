namespace Chat.Worker.Jobs;

/// <summary>
/// Background work, done in passes, one at a time in each worker process. Several workers run every job: what one pass takes
/// it must claim in the database (SKIP LOCKED), and it may be killed at any moment and must then leave the claim to others.
/// </summary>
internal interface IJob
{
    /// <summary>The job's name in logs, metrics and the schedule.</summary>
    static abstract string Name { get; }

    /// <summary>How long to rest after a pass that found nothing to do.</summary>
    TimeSpan Idle { get; }

    /// <summary>The longest that a pass may take; past it the pass is cancelled and counts as failed.</summary>
    TimeSpan Timeout { get; }

    /// <summary>
    /// Claims a bounded amount of work, does it, and returns how much there was. 0 lets the job rest; more starts the next pass
    /// at once, unless <see cref="RestAsync"/> says otherwise. An exception is logged and the pass tried again later, with growing, jittered pauses.
    /// </summary>
    Task<int> RunAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Rests between two passes. A job that can be told of work, or that must not run too often, has a rest of its own; it must end
    /// when cancelled.
    /// </summary>
    /// <param name="done">What the last pass returned.</param>
    /// <param name="pause"><see cref="Idle"/>, jittered.</param>
    Task RestAsync(int done, TimeSpan pause, TimeProvider time, CancellationToken cancellationToken) =>
        done == 0 ? Task.Delay(pause, time, cancellationToken) : Task.CompletedTask;
}
