using Chat.Contracts.Messages;
using Chat.Data.Events;
using Chat.Data.Files;
using Chat.Data.Messages;
using Chat.ServiceDefaults.Problems;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Chat.Api.Messages;

/// <summary>
/// Hands a message to the writer, publishes what was committed, and answers. Once queued it is not cancelled by a client that goes
/// away, for what is committed must also be published. The publishing is not awaited: Redis changes nothing about the answer.
/// </summary>
internal static class SendAnswer
{
    /// <param name="links">Of a message that may carry a file, for those who get it pushed.</param>
    public static async Task<Results<Created<Message>, NotFound, ProblemHttpResult>> AnswerAsync(
        this NewMessage message, MessageWriter writer, EventPublisher events, LinkCache? links = null)
    {
        switch (await writer.SendAsync(message))
        {
            case SendOutcome.Sent(var sent):
                Publish(links is null ? sent : sent with { Message = links.Link(sent.Message) }, events);
                return TypedResults.Created($"/api/conversations/{message.ConversationId}/messages/{sent.Message.Seq}", sent.Message);
            case SendOutcome.Refused(var reason):
                return Refusal(reason);
            case SendOutcome.NotMember:
                return TypedResults.NotFound();
            case SendOutcome.Full:
                return Problems.Busy();
            default:
                return Problems.Of(ProblemType.OutcomeUnknown, "Send it again with the same clientId: it will be stored once.");
        }
    }

    private static void Publish(SentMessage sent, EventPublisher events)
    {
        if (sent.IsNew)
        {
            _ = events.PublishAsync(ConversationEvents.Sent(sent.Message, sent.MembershipVersion));
        }

        if (sent.ThreadRoot is { } root)
        {
            _ = events.PublishAsync(ConversationEvents.Changed(root, sent.MembershipVersion));
        }
    }

    private static ProblemHttpResult Refusal(SendRefusal reason) => reason switch
    {
        SendRefusal.NoReply => Problems.Of(ProblemType.NoSuchMessage, "replyTo must be the seq of a message of this conversation."),
        SendRefusal.NoThread => Problems.Of(
            ProblemType.NoSuchMessage, "threadRoot must be the seq of a message of this conversation that is in no thread itself."),
        SendRefusal.NoSource => Problems.Of(
            ProblemType.NoSuchMessage, "forwardOf must be a message that you may read, not deleted, neither encrypted nor of the system."),
        _ => Problems.Of(ProblemType.NoSuchFile, "fileId must be a file that you have uploaded, of a media type that fits the kind."),
    };
}
