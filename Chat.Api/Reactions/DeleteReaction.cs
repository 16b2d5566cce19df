using System.Security.Claims;
using Chat.Data.Events;
using Chat.Data.Reactions;
using Chat.ServiceDefaults.Authentication;
using Microsoft.AspNetCore.Http.HttpResults;
using Npgsql;

namespace Chat.Api.Reactions;

internal static class DeleteReaction
{
    public static async Task<Results<NoContent, NotFound, ValidationProblem>> HandleAsync(
        Guid conversationId, long seq, string emoji, ClaimsPrincipal user, NpgsqlDataSource database, EventPublisher events,
        CancellationToken cancellationToken)
    {
        if (Emoji.Normalize(emoji) is not { } normal)
        {
            return EmojiRefusal.Problem();
        }

        var outcome = await ChangeReaction.RemoveAsync(database, conversationId, seq, user.UserId(), normal, cancellationToken);
        if (outcome is not ReactionOutcome.Settled(var ownRev))
        {
            return TypedResults.NotFound();
        }

        ReactionEvents.Publish(events, user.UserId(), ownRev);
        return TypedResults.NoContent();
    }
}
