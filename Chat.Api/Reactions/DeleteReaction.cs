using System.Security.Claims;
using Chat.Api.Clicks;
using Chat.Data.Clicks;
using Chat.Data.Events;
using Chat.Data.Reactions;
using Chat.ServiceDefaults.Authentication;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Chat.Api.Reactions;

internal static class DeleteReaction
{
    public static async Task<Results<NoContent, NotFound, ValidationProblem, ProblemHttpResult>> HandleAsync(
        Guid conversationId, long seq, string emoji, ClaimsPrincipal user, ClickWriter writer, EventPublisher events) =>
        Emoji.Normalize(emoji) is { } normal
            ? await new ReactionClick(conversationId, seq, user.UserId(), normal, Wanted: false).AnswerAsync(writer, events)
            : EmojiRefusal.Problem();
}
