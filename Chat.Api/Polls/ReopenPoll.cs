using System.Security.Claims;
using Chat.Contracts.Messages;
using Chat.Data.Events;
using Chat.Data.Polls;
using Microsoft.AspNetCore.Http.HttpResults;
using Npgsql;

namespace Chat.Api.Polls;

internal static class ReopenPoll
{
    public static Task<Results<Ok<Message>, NotFound, ProblemHttpResult>> HandleAsync(
        Guid conversationId, long seq, ClaimsPrincipal user, NpgsqlDataSource database, EventPublisher events) =>
        PollAction.Reopen.AnswerAsync(conversationId, seq, user, database, events);
}
