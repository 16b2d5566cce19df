using System.Security.Claims;
using Chat.Data.Reactions;
using Chat.ServiceDefaults.Authentication;
using Microsoft.AspNetCore.Http.HttpResults;
using Npgsql;

namespace Chat.Api.Reactions;

internal static class DeleteReaction
{
    public static async Task<Results<NoContent, NotFound, ValidationProblem>> HandleAsync(
        Guid conversationId, long seq, string emoji, ClaimsPrincipal user, NpgsqlDataSource database, CancellationToken cancellationToken) =>
        Emoji.Normalize(emoji) is not { } normal ? EmojiRefusal.Problem()
            : await ChangeReaction.RemoveAsync(database, conversationId, seq, user.UserId(), normal, cancellationToken)
                ? TypedResults.NoContent()
                : TypedResults.NotFound();
}
