using Chat.Data.Clicks;
using Chat.Data.Events;
using Chat.ServiceDefaults.Problems;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Chat.Api.Clicks;

/// <summary>What reactions and votes have in common: the writer commits, the user's other devices are told, refusals are problems.</summary>
internal static class ClickAnswer
{
    /// <summary>Neither cancelled by a client that goes away nor held up by Redis. The worker tells the others, when it has counted.</summary>
    public static async Task<Results<NoContent, NotFound, ValidationProblem, ProblemHttpResult>> AnswerAsync(
        this Click click, ClickWriter writer, EventPublisher events)
    {
        switch (await writer.ClickAsync(click))
        {
            case ClickOutcome.Settled(var ownRev):
                if (ownRev is { } rev)
                {
                    _ = events.PublishControlAsync(new OwnStreamGrew(click.UserId, rev));
                }

                return TypedResults.NoContent();
            case ClickOutcome.Refused(var reason):
                return Refusal(reason);
            case ClickOutcome.NotFound:
                return TypedResults.NotFound();
            case ClickOutcome.Busy:
                return Problems.Busy();
            default:
                return Problems.Of(ProblemType.OutcomeUnknown, "Ask for it again: it will be done once.");
        }
    }

    private static ProblemHttpResult Refusal(ClickRefusal reason) => reason switch
    {
        ClickRefusal.Deleted => Problems.Of(ProblemType.MessageDeleted),
        ClickRefusal.TooMany => Problems.Of(ProblemType.TooManyReactions, "Take one back first."),
        ClickRefusal.Blocked => Problems.Of(ProblemType.Blocked),
        ClickRefusal.NotPoll => Problems.Of(ProblemType.NotPoll),
        ClickRefusal.Closed => Problems.Of(ProblemType.PollClosed, "Votes stay as they are."),
        ClickRefusal.NoOption => Problems.Of(ProblemType.NoSuchOption, "An option is named by its place in the poll's options, from 0."),
        _ => Problems.Of(ProblemType.NoSuchOption, "One may choose one option only."),
    };
}
