using System.Security.Claims;
using Chat.Api.Accounts;
using Chat.Data.Operators;
using Microsoft.AspNetCore.Http.HttpResults;
using Npgsql;

namespace Chat.Api.Admin;

internal static class DismissOperator
{
    /// <summary>Ends the account's sessions too, because its access tokens still name the role.</summary>
    public static Task<Results<NoContent, NotFound, ProblemHttpResult>> HandleAsync(
        Guid userId, ClaimsPrincipal caller, NpgsqlDataSource database, SessionEndings endings, CancellationToken cancellationToken) =>
        ChangeOperators.DismissAsync(database, caller.Actor(), userId, cancellationToken).AnswerAsync(endings, userId);
}
