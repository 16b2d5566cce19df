using System.Security.Claims;
using Chat.Contracts.Messages;
using Chat.Data.Events;
using Chat.Data.Polls;
using Chat.ServiceDefaults.Authentication;
using Chat.ServiceDefaults.Problems;
using Microsoft.AspNetCore.Http.HttpResults;
using Npgsql;

namespace Chat.Api.Polls;

/// <summary>What closing, reopening and adding an option have in common.</summary>
internal static class PollAnswer
{
    /// <summary>Not cancelled by a client that goes away: what is committed must also be published.</summary>
    public static async Task<Results<Ok<Message>, NotFound, ProblemHttpResult>> AnswerAsync(
        this PollAction action, Guid conversationId, long seq, ClaimsPrincipal user, NpgsqlDataSource database, EventPublisher events,
        string? option = null)
    {
        switch (await ChangePoll.RunAsync(database, conversationId, seq, user.UserId(), action, option, CancellationToken.None))
        {
            case PollOutcome.Changed(var message, var membershipVersion, var isNew):
                if (isNew)
                {
                    _ = events.PublishAsync(ConversationEvents.Changed(message, membershipVersion));
                }

                return TypedResults.Ok(message);
            case PollOutcome.Refused(var reason):
                return Refusal(reason);
            default:
                return TypedResults.NotFound();
        }
    }

    private static ProblemHttpResult Refusal(PollRefusal reason) => reason switch
    {
        PollRefusal.Forbidden => Problems.Of(
            ProblemType.Forbidden, "A poll is its author's; owners and admins may close and reopen it, members add options where it says so."),
        PollRefusal.Blocked => Problems.Of(ProblemType.Blocked),
        PollRefusal.Deleted => Problems.Of(ProblemType.MessageDeleted),
        PollRefusal.NotPoll => Problems.Of(ProblemType.NotPoll),
        PollRefusal.Closed => Problems.Of(ProblemType.PollClosed, "Reopen it first."),
        _ => Problems.Of(ProblemType.TooManyOptions, $"It has {MessageLimits.OptionsMax} already."),
    };
}
