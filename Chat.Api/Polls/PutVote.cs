using System.Security.Claims;
using Chat.Api.Clicks;
using Chat.Contracts.Messages;
using Chat.Data.Clicks;
using Chat.Data.Events;
using Chat.Data.Polls;
using Chat.ServiceDefaults.Authentication;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Chat.Api.Polls;

internal static class PutVote
{
    public static Task<Results<NoContent, NotFound, ValidationProblem, ProblemHttpResult>> HandleAsync(
        Guid conversationId, long seq, VoteRequest request, ClaimsPrincipal user, ClickWriter writer, EventPublisher events) =>
        new VoteClick(conversationId, seq, user.UserId(), Choices.Of(request.Options)).AnswerAsync(writer, events);
}
