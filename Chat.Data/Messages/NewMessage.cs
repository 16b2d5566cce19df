using Chat.Contracts.Messages;

namespace Chat.Data.Messages;

/// <summary>A message to be sent. Together with conversation and sender, <paramref name="ClientId"/> makes sending it again harmless.</summary>
/// <param name="Text">Valid Unicode without NUL, of bounded length: whoever makes this has checked it.</param>
public sealed record NewMessage(Guid ConversationId, Guid SenderId, Guid ClientId, MessageKind Kind, string Text);

/// <param name="Message">The message in its present state.</param>
/// <param name="MembershipVersion">The conversation's, as of the commit.</param>
/// <param name="IsNew">False where it had been sent before.</param>
public sealed record SentMessage(Message Message, long MembershipVersion, bool IsNew);

/// <summary>What became of a message that was handed to the <see cref="MessageWriter"/>.</summary>
public abstract record SendOutcome
{
    private SendOutcome()
    {
    }

    /// <summary>It is committed, by this call or by an earlier one.</summary>
    public sealed record Sent(SentMessage Message) : SendOutcome;

    /// <summary>Its sender is no member of the conversation, or there is none of that id.</summary>
    public sealed record NotMember : SendOutcome;

    /// <summary>The queue is full or closing. Nothing was done.</summary>
    public sealed record Full : SendOutcome;

    /// <summary>The database did not answer in time. It may have been committed or not; sending it again tells.</summary>
    public sealed record Unknown : SendOutcome;
}
