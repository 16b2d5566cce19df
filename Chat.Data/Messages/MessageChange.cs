using Chat.Contracts.Messages;

namespace Chat.Data.Messages;

/// <summary>What somebody wants done to a message.</summary>
public enum MessageAction
{
    /// <summary>By the sender.</summary>
    Edit,

    /// <summary>By the sender, or an owner or admin.</summary>
    Delete,

    /// <summary>By any member.</summary>
    Pin,

    /// <summary>By any member.</summary>
    Unpin,
}

/// <summary>A message to be changed. Doing it again changes nothing more.</summary>
/// <param name="UserId">Who wants it.</param>
/// <param name="Text">For an edit: valid Unicode without NUL, of bounded length.</param>
/// <param name="Mentions">For an edit: as <see cref="Mention.Of"/> makes them, empty for nobody; null leaves them as they are.</param>
public sealed record MessageChange(
    Guid ConversationId, long Seq, Guid UserId, MessageAction Action, string? Text = null, Guid[]? Mentions = null);

/// <summary>Why a change is not made.</summary>
public enum ChangeRefusal
{
    /// <summary>It is another's message, and the user no owner or admin where that would help.</summary>
    Forbidden,

    /// <summary>The message has been deleted.</summary>
    Deleted,

    /// <summary>Messages of its kind, and forwarded ones, are not edited.</summary>
    NotEditable,

    /// <summary>The conversation has <see cref="MessageLimits.PinsMax"/> pinned messages.</summary>
    TooManyPins,

    /// <summary>One of the two of a direct conversation has blocked the other.</summary>
    Blocked,
}

/// <summary>What became of a change that was handed to the <see cref="MessageWriter"/>.</summary>
public abstract record ChangeOutcome
{
    private ChangeOutcome()
    {
    }

    /// <summary>The message is as it was wanted.</summary>
    /// <param name="Message">In its present state.</param>
    /// <param name="MembershipVersion">The conversation's, as of the commit.</param>
    /// <param name="IsNew">False where it was so before: then no rev was taken.</param>
    public sealed record Changed(Message Message, long MembershipVersion, bool IsNew) : ChangeOutcome;

    public sealed record Refused(ChangeRefusal Reason) : ChangeOutcome;

    /// <summary>No such message, or the user is no member.</summary>
    public sealed record NotFound : ChangeOutcome;

    /// <summary>The queue is full or closing. Nothing was done.</summary>
    public sealed record Full : ChangeOutcome;

    /// <summary>The database did not answer in time. It may have been done or not; asking again tells.</summary>
    public sealed record Unknown : ChangeOutcome;
}
