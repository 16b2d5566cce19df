using System.Security.Claims;
using Chat.Data.Events;
using Chat.Data.Reactions;
using Chat.ServiceDefaults.Authentication;
using Chat.ServiceDefaults.Problems;
using Microsoft.AspNetCore.Http.HttpResults;
using Npgsql;

namespace Chat.Api.Reactions;

internal static class PutReaction
{
    public static async Task<Results<NoContent, NotFound, ValidationProblem, ProblemHttpResult>> HandleAsync(
        Guid conversationId, long seq, string emoji, ClaimsPrincipal user, NpgsqlDataSource database, EventPublisher events,
        CancellationToken cancellationToken)
    {
        if (Emoji.Normalize(emoji) is not { } normal)
        {
            return EmojiRefusal.Problem();
        }

        switch (await ChangeReaction.AddAsync(database, conversationId, seq, user.UserId(), normal, cancellationToken))
        {
            case ReactionOutcome.Settled(var ownRev):
                ReactionEvents.Publish(events, user.UserId(), ownRev);
                return TypedResults.NoContent();
            case ReactionOutcome.TooMany:
                return Problems.Of(ProblemType.TooManyReactions, "Take one back first.");
            case ReactionOutcome.Blocked:
                return Problems.Of(ProblemType.Blocked);
            default:
                return TypedResults.NotFound();
        }
    }
}
