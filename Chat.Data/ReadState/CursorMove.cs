using System.Diagnostics;

namespace Chat.Data.ReadState;

/// <summary>That somebody has read, or been delivered, the messages up to some seq.</summary>
/// <param name="ReadSeq">0: not said.</param>
/// <param name="DeliveredSeq">0: not said. What was read counts as delivered.</param>
public readonly record struct CursorMove(Guid ConversationId, Guid UserId, long ReadSeq, long DeliveredSeq)
{
    internal (Guid, Guid) Member => (ConversationId, UserId);
}

/// <summary>A member's cursors after a move, and what is needed to tell of it.</summary>
/// <param name="MembershipVersion">The conversation's, when it was found that they are a member.</param>
public sealed record CursorPosition(
    Guid ConversationId, Guid UserId, long ReadSeq, long DeliveredSeq, long LastSeq, long MembershipVersion, int MemberCount);

/// <summary>What came of a <see cref="CursorMove"/>.</summary>
public abstract record CursorOutcome
{
    private CursorOutcome()
    {
    }

    /// <summary>The cursors are there, or were further already, and that is committed.</summary>
    /// <param name="Moved">Whether this changed anything.</param>
    public sealed record At(CursorPosition Position, bool Moved) : CursorOutcome;

    /// <summary>Nothing was done: the member has marked the conversation as unread, and whoever reads it has to take that back.</summary>
    public sealed record Marked : CursorOutcome;

    public sealed record NotMember : CursorOutcome;

    /// <summary>Too many wait, or the member's row was locked for too long. Nothing was done.</summary>
    public sealed record Busy : CursorOutcome;
}

/// <summary>One member's move on its way to the database, with all who wait for it.</summary>
internal sealed class PendingMove(CursorMove move)
{
    private readonly long _since = Stopwatch.GetTimestamp();

    // Continuations run elsewhere: the writer's loop must not run a request.
    private readonly TaskCompletionSource<CursorOutcome> _outcome = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public CursorMove Move { get; private set; } = move;

    /// <summary>The first request's span.</summary>
    public ActivityContext? Span { get; } = Activity.Current?.Context;

    public TimeSpan Waiting => Stopwatch.GetElapsedTime(_since);

    public Task<CursorOutcome> Outcome => _outcome.Task;

    /// <summary>Goes as far as the farther of the two.</summary>
    public void Merge(CursorMove other) => Move = Move with
    {
        ReadSeq = Math.Max(Move.ReadSeq, other.ReadSeq),
        DeliveredSeq = Math.Max(Move.DeliveredSeq, other.DeliveredSeq),
    };

    /// <summary>Has the outcome of another, which has taken up its move.</summary>
    public void Follow(PendingMove other) =>
        other.Outcome.ContinueWith(_outcome.SetFromTask, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);

    public void Complete(CursorOutcome outcome) => _outcome.TrySetResult(outcome);

    public void Fail(Exception exception) => _outcome.TrySetException(exception);
}
