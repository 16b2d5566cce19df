using System.Diagnostics;

namespace Chat.Data.Messages;

/// <summary>A message on its way through the writer, with the caller who waits for it.</summary>
internal sealed class PendingMessage(NewMessage message)
{
    // Continuations run elsewhere: the writer's loop must not run a request.
    private readonly TaskCompletionSource<SendOutcome> _outcome = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly long _since = Stopwatch.GetTimestamp();

    public NewMessage Message => message;

    /// <summary>The request's span.</summary>
    public ActivityContext? Span { get; } = Activity.Current?.Context;

    public TimeSpan Waiting => Stopwatch.GetElapsedTime(_since);

    public Task<SendOutcome> Outcome => _outcome.Task;

    public void Complete(SendOutcome outcome) => _outcome.TrySetResult(outcome);

    public void Fail(Exception exception) => _outcome.TrySetException(exception);
}
