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

        var added = await ChangeReaction.AddAsync(database, conversationId, seq, user.UserId(), normal, cancellationToken);
        if (added is true)
        {
            _ = events.RingAsync(RecountReactions.Doorbell);
        }

        return added switch
        {
            true => TypedResults.NoContent(),
            false => Problems.Of(ProblemType.TooManyReactions, "Take one back first."),
            null => TypedResults.NotFound(),
        };
    }
}
