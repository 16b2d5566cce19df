using Chat.Contracts.Messages;

namespace Chat.Data.Messages;

/// <summary>A message to be sent. Together with conversation and sender, <paramref name="ClientId"/> makes sending it again harmless.</summary>
/// <param name="Text">Valid Unicode without NUL, of bounded length: whoever makes this has checked it.</param>
/// <param name="Details">Null for a message that is no more than text: a batch of only such takes a shorter statement.</param>
public sealed record NewMessage(
    Guid ConversationId, Guid SenderId, Guid ClientId, MessageKind Kind, string Text, MessageDetails? Details = null);

/// <summary>What a message has besides its text.</summary>
/// <param name="FileId">The content is then what is known of the file.</param>
/// <param name="ForwardOf">Kind, text and content are then those of that message.</param>
/// <param name="Mentions">As <see cref="Mention.Of"/> makes them.</param>
public sealed record MessageDetails(
    MessageContent? Content = null, Guid? FileId = null, long? ReplyTo = null, long? ThreadRoot = null,
    MessageReference? ForwardOf = null, Guid[]? Mentions = null);

/// <param name="Message">The message in its present state.</param>
/// <param name="MembershipVersion">The conversation's, as of the commit.</param>
/// <param name="IsNew">False where it had been sent before.</param>
/// <param name="ThreadRoot">The message under which it stands, in its new state; for one of those that answered it in this batch.</param>
public sealed record SentMessage(Message Message, long MembershipVersion, bool IsNew, Message? ThreadRoot = null);

/// <summary>Why a message is not stored.</summary>
public enum SendRefusal
{
    /// <summary>There is no message that it could answer.</summary>
    NoReply,

    /// <summary>There is no message under which it could stand, or that one stands in a thread itself.</summary>
    NoThread,

    /// <summary>There is no such message, it has been deleted, is of a kind that is not forwarded, or the sender may not read it.</summary>
    NoSource,

    /// <summary>There is no such file, it is another's, or its media type does not fit the kind.</summary>
    NoFile,

    /// <summary>One of the two of a direct conversation has blocked the other.</summary>
    Blocked,
}

/// <summary>What became of a message that was handed to the <see cref="MessageWriter"/>.</summary>
public abstract record SendOutcome
{
    private SendOutcome()
    {
    }

    /// <summary>It is committed, by this call or by an earlier one.</summary>
    public sealed record Sent(SentMessage Message) : SendOutcome;

    public sealed record Refused(SendRefusal Reason) : SendOutcome;

    /// <summary>Its sender is no member of the conversation, or there is none of that id.</summary>
    public sealed record NotMember : SendOutcome;

    /// <summary>The queue is full or closing. Nothing was done.</summary>
    public sealed record Full : SendOutcome;

    /// <summary>The database did not answer in time. It may have been committed or not; sending it again tells.</summary>
    public sealed record Unknown : SendOutcome;
}
