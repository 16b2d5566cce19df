using Chat.Contracts.Conversations;
using Chat.Data.Conversations;
using Chat.Data.Events;
using Chat.ServiceDefaults.Problems;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Chat.Api.Conversations;

/// <summary>What all changes of a conversation have in common: refusals are problems, and what was committed is published.</summary>
internal static class ConversationAnswer
{
    /// <summary>The problem that a refusal is; null: 404.</summary>
    /// <param name="mayNot">What the caller may not do, to be told to people.</param>
    /// <param name="ofThisKind">The problem for a conversation that does not have that.</param>
    public static ProblemHttpResult? Problem(this ConversationRefusal refusal, string mayNot, ProblemType? ofThisKind = null) => refusal switch
    {
        ConversationRefusal.NotThere => null,
        ConversationRefusal.Forbidden => Problems.Of(ProblemType.Forbidden, mayNot),
        ConversationRefusal.NotOfThisKind => Problems.Of(ofThisKind ?? ProblemType.NotOfThisKind),
        ConversationRefusal.LastOwner => Problems.Of(ProblemType.LastOwner, "Make somebody else an owner first."),
        ConversationRefusal.Full => Problems.Of(ProblemType.ConversationFull, "There may not be more members."),
        ConversationRefusal.TooManyConversations => Problems.Of(ProblemType.TooManyConversations, "They leave one first."),
        _ => Problems.Of(ProblemType.NoSuchFile, "pictureId must be a picture that you have uploaded."),
    };

    /// <summary>Publishes a change of the conversation itself and the message that tells of it. Not awaited: Redis changes nothing about the answer.</summary>
    /// <param name="about">Makes the event of the conversation's own change, from what all members see alike and its rev.</param>
    public static void Publish(this ConversationOutcome outcome, EventPublisher events, Func<Conversation, long, ConversationEvent> about)
    {
        if (outcome is { Message: { } message, Conversation: { } conversation })
        {
            _ = events.PublishAsync(about(conversation.AsAllSeeIt(), message.Rev - 1));
            _ = events.PublishAsync(ConversationEvents.Sent(message, conversation.MembershipVersion));
        }
    }

    private static Conversation AsAllSeeIt(this Conversation conversation) => conversation with { Me = null, ChangesToken = null };
}
