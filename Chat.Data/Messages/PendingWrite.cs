using System.Diagnostics;

namespace Chat.Data.Messages;

/// <summary>Something on its way through the writer, with the caller who waits for it.</summary>
internal abstract class PendingWrite
{
    private readonly long _since = Stopwatch.GetTimestamp();

    public abstract Guid ConversationId { get; }

    /// <summary>The request's span.</summary>
    public ActivityContext? Span { get; } = Activity.Current?.Context;

    public TimeSpan Waiting => Stopwatch.GetElapsedTime(_since);

    public abstract bool IsSettled { get; }

    /// <summary>Answers that it is not known whether it was done.</summary>
    public abstract void GiveUp();

    public abstract void Fail(Exception exception);
}

/// <param name="unknown">The outcome of one that was given up.</param>
internal abstract class PendingWrite<TOutcome>(TOutcome unknown) : PendingWrite
{
    // Continuations run elsewhere: the writer's loop must not run a request.
    private readonly TaskCompletionSource<TOutcome> _outcome = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task<TOutcome> Outcome => _outcome.Task;

    public override bool IsSettled => _outcome.Task.IsCompleted;

    public void Complete(TOutcome outcome) => _outcome.TrySetResult(outcome);

    public override void GiveUp() => Complete(unknown);

    public override void Fail(Exception exception) => _outcome.TrySetException(exception);
}

internal sealed class PendingMessage(NewMessage message) : PendingWrite<SendOutcome>(new SendOutcome.Unknown())
{
    public NewMessage Message => message;

    public override Guid ConversationId => message.ConversationId;
}

internal sealed class PendingChange(MessageChange change) : PendingWrite<ChangeOutcome>(new ChangeOutcome.Unknown())
{
    public MessageChange Change => change;

    public override Guid ConversationId => change.ConversationId;

    public (Guid, long) Target => (change.ConversationId, change.Seq);
}
