using System.Diagnostics;

namespace Chat.Data.Clicks;

/// <summary>A click on its way through the writer, with the caller who waits for it.</summary>
internal sealed class PendingClick(Click click)
{
    private readonly long _since = Stopwatch.GetTimestamp();

    // Continuations run elsewhere: the writer's loop must not run a request.
    private readonly TaskCompletionSource<ClickOutcome> _outcome = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Click Click => click;

    public ActivityContext? Span { get; } = Activity.Current?.Context;

    public Task<ClickOutcome> Outcome => _outcome.Task;

    public TimeSpan Waiting => Stopwatch.GetElapsedTime(_since);

    /// <summary>What one transaction may touch once: a user's reactions to a message, or their vote on it.</summary>
    public (bool IsVote, Guid ConversationId, long Seq, Guid UserId) Target =>
        (click is VoteClick, click.ConversationId, click.Seq, click.UserId);

    public void Complete(ClickOutcome outcome) => _outcome.TrySetResult(outcome);

    public void Fail(Exception exception) => _outcome.TrySetException(exception);
}
