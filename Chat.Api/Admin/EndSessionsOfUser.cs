using System.Security.Claims;
using Chat.Api.Accounts;
using Chat.Data.Operators;
using Microsoft.AspNetCore.Http.HttpResults;
using Npgsql;

namespace Chat.Api.Admin;

internal static class EndSessionsOfUser
{
    public static Task<Results<NoContent, NotFound, ProblemHttpResult>> HandleAsync(
        Guid userId, ClaimsPrincipal caller, NpgsqlDataSource database, SessionEndings endings, CancellationToken cancellationToken) =>
        ChangeSuspensions.EndSessionsAsync(database, caller.Actor(), userId, cancellationToken).AnswerAsync(endings, userId);
}
