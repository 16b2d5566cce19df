using System.Security.Claims;
using Chat.Api.Accounts;
using Chat.Contracts.Operations;
using Chat.Data.Operators;
using Chat.ServiceDefaults.Problems;
using Microsoft.AspNetCore.Http.HttpResults;
using Npgsql;

namespace Chat.Api.Admin;

internal static class SuspendUser
{
    public static async Task<Results<NoContent, NotFound, ProblemHttpResult>> HandleAsync(
        Guid userId, SuspendRequest request, ClaimsPrincipal caller, NpgsqlDataSource database, SessionEndings endings,
        CancellationToken cancellationToken)
    {
        var actor = caller.Actor();
        return actor.UserId == userId
            ? Problems.Of(ProblemType.OwnAccount)
            : await ChangeSuspensions.SuspendAsync(database, actor, userId, request.Reason, cancellationToken).AnswerAsync(endings, userId);
    }
}
