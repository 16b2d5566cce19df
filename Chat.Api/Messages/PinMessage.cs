using System.Security.Claims;
using Chat.Data.Messages;
using Chat.ServiceDefaults.Authentication;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Chat.Api.Messages;

internal static class PinMessage
{
    public static Task<Results<NoContent, NotFound, ProblemHttpResult>> HandleAsync(
        Guid conversationId, long seq, ClaimsPrincipal user, MessageWriter writer) =>
        new MessageChange(conversationId, seq, user.UserId(), MessageAction.Pin)
            .AnswerAsync(writer, _ => TypedResults.NoContent());
}
