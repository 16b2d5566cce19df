using System.ComponentModel;
using System.Security.Claims;
using Chat.Api.Requests;
using Chat.Contracts.Messages;
using Chat.Data.Reactions;
using Chat.ServiceDefaults.Authentication;
using Microsoft.AspNetCore.Http.HttpResults;
using Npgsql;

namespace Chat.Api.Reactions;

internal static class ListReactions
{
    public static async Task<Results<Ok<ReactionList>, NotFound, ValidationProblem>> HandleAsync(
        Guid conversationId, long seq, ClaimsPrincipal user, NpgsqlDataSource database, CancellationToken cancellationToken,
        [Description("Those with this emoji only.")] string? emoji = null,
        [Description(Paging.AfterDescription)] string? after = null,
        [Description(Paging.LimitDescription)] int limit = Paging.DefaultLimit)
    {
        var normal = emoji is null ? null : Emoji.Normalize(emoji);
        var place = ReactionCursor.Start;
        if ((Paging.Refuse(limit)
            ?? (emoji is not null && normal is null ? EmojiRefusal.Problem() : null)
            ?? (after is not null && !ReactionCursor.TryParse(after, out place) ? Paging.BadAfter() : null)) is { } refusal)
        {
            return refusal;
        }

        return await ReadReactions.RunAsync(database, conversationId, user.UserId(), seq, normal, place, limit, cancellationToken) is { } page
            ? TypedResults.Ok(page)
            : TypedResults.NotFound();
    }
}
