using Chat.Data.Events;
using Chat.Data.Messages;
using Chat.ServiceDefaults.Problems;
using Microsoft.AspNetCore.Http.HttpResults;
using Message = Chat.Contracts.Messages.Message;

namespace Chat.Api.Messages;

/// <summary>What editing, deleting and pinning have in common: the writer commits, what was committed is published, refusals are problems.</summary>
internal static class ChangeAnswer
{
    /// <summary>As with sending, neither cancelled by a client that goes away nor held up by Redis.</summary>
    /// <param name="done">The answer, from the message as it is now.</param>
    public static async Task<Results<TDone, NotFound, ProblemHttpResult>> AnswerAsync<TDone>(
        this MessageChange change, MessageWriter writer, EventPublisher events, Func<Message, TDone> done)
        where TDone : IResult
    {
        switch (await writer.ChangeAsync(change))
        {
            case ChangeOutcome.Changed(var message, var membershipVersion, var isNew):
                if (isNew)
                {
                    _ = events.PublishAsync(ConversationEvents.Changed(message, membershipVersion));
                }

                return done(message);
            case ChangeOutcome.Refused(var reason):
                return Refusal(reason);
            case ChangeOutcome.NotFound:
                return TypedResults.NotFound();
            case ChangeOutcome.Full:
                return Problems.Busy();
            default:
                return Problems.Of(ProblemType.OutcomeUnknown, "Ask for it again: it will be done once.");
        }
    }

    private static ProblemHttpResult Refusal(ChangeRefusal reason) => reason switch
    {
        ChangeRefusal.Forbidden => Problems.Of(ProblemType.Forbidden, "A message is its sender's; owners and admins may delete it. What the system says stays."),
        ChangeRefusal.Deleted => Problems.Of(ProblemType.MessageDeleted),
        ChangeRefusal.NotEditable => Problems.Of(
            ProblemType.NotEditable, "Polls, system and encrypted messages and forwarded ones keep the text they were sent with."),
        ChangeRefusal.Blocked => Problems.Of(ProblemType.Blocked),
        _ => Problems.Of(ProblemType.TooManyPins, "Unpin one first."),
    };
}
