using System.Security.Claims;
using Chat.Api.Accounts;
using Chat.Data.Accounts;
using Chat.ServiceDefaults.Problems;
using Microsoft.AspNetCore.Http.HttpResults;
using Npgsql;

namespace Chat.Api.Admin;

internal static class DeleteUser
{
    /// <summary>Not one's own: that takes the password.</summary>
    public static async Task<Results<NoContent, NotFound, ProblemHttpResult>> HandleAsync(
        Guid userId, ClaimsPrincipal caller, NpgsqlDataSource database, SessionEndings endings, CancellationToken cancellationToken)
    {
        var actor = caller.Actor();
        return actor.UserId == userId
            ? Problems.Of(ProblemType.OwnAccount)
            : await DeleteAccount.RunAsync(database, actor, userId, cancellationToken).AnswerAsync(endings, userId);
    }
}
