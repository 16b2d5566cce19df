using System.Diagnostics;

namespace Chat.Data.Clicks;

/// <summary>A small thing that many people do to one message: a reaction or a vote. Doing it again changes nothing more.</summary>
public abstract record Click(Guid ConversationId, long Seq, Guid UserId)
{
    /// <summary>The request's span (W3C Trace Context), for the recount, which joins many requests, to link to.</summary>
    internal string? TraceParent { get; } = Activity.Current is { IdFormat: ActivityIdFormat.W3C } span ? span.Id : null;
}

/// <param name="Emoji">In its normal form, the same for all who mean it.</param>
/// <param name="Wanted">False: it is taken back.</param>
public sealed record ReactionClick(Guid ConversationId, long Seq, Guid UserId, string Emoji, bool Wanted) : Click(ConversationId, Seq, UserId);

/// <param name="Choices">Bit n is the option at place n: <see cref="Polls.Choices"/>. Null: the vote is withdrawn.</param>
public sealed record VoteClick(Guid ConversationId, long Seq, Guid UserId, int? Choices) : Click(ConversationId, Seq, UserId);

/// <summary>Why a click is not taken.</summary>
public enum ClickRefusal
{
    /// <summary>The message has been deleted for everyone.</summary>
    Deleted,

    /// <summary>The user has as many reactions on this message as one may have.</summary>
    TooMany,

    /// <summary>One of the two of a direct conversation has blocked the other.</summary>
    Blocked,

    /// <summary>The message is no poll.</summary>
    NotPoll,

    /// <summary>The poll is closed, or its deadline has passed, by the database's clock.</summary>
    Closed,

    /// <summary>The poll has no such option.</summary>
    NoOption,

    /// <summary>One may choose one option only.</summary>
    OneOnly,
}

/// <summary>What became of a click that was handed to the <see cref="ClickWriter"/>.</summary>
public abstract record ClickOutcome
{
    private ClickOutcome()
    {
    }

    /// <summary>It is as it was wanted.</summary>
    /// <param name="OwnRev">Of the user's own stream; null: it was so before.</param>
    public sealed record Settled(long? OwnRev) : ClickOutcome;

    public sealed record Refused(ClickRefusal Reason) : ClickOutcome;

    /// <summary>No such message for this user.</summary>
    public sealed record NotFound : ClickOutcome;

    /// <summary>The queue is full or closing, or a lock was not had in time. Nothing was done.</summary>
    public sealed record Busy : ClickOutcome;

    /// <summary>The database did not answer in time. It may have been done or not; doing it again settles it.</summary>
    public sealed record Unknown : ClickOutcome;
}
