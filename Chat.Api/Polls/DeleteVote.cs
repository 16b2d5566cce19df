using System.Security.Claims;
using Chat.Api.Clicks;
using Chat.Data.Clicks;
using Chat.Data.Events;
using Chat.ServiceDefaults.Authentication;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Chat.Api.Polls;

internal static class DeleteVote
{
    public static Task<Results<NoContent, NotFound, ValidationProblem, ProblemHttpResult>> HandleAsync(
        Guid conversationId, long seq, ClaimsPrincipal user, ClickWriter writer, EventPublisher events) =>
        new VoteClick(conversationId, seq, user.UserId(), Choices: null).AnswerAsync(writer, events);
}
