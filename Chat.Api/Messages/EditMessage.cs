using System.Security.Claims;
using Chat.Contracts.Messages;
using Chat.Data.Messages;
using Chat.ServiceDefaults.Authentication;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Chat.Api.Messages;

internal static class EditMessage
{
    public static Task<Results<Ok<Message>, NotFound, ProblemHttpResult>> HandleAsync(
        Guid conversationId, long seq, EditMessageRequest request, ClaimsPrincipal user, MessageWriter writer)
    {
        var mentions = request is { Mentions: null, MentionsEveryone: null }
            ? null
            : Mention.Of(request.Mentions, request.MentionsEveryone is true) ?? [];
        return new MessageChange(conversationId, seq, user.UserId(), MessageAction.Edit, request.Text, mentions)
            .AnswerAsync(writer, TypedResults.Ok);
    }
}
