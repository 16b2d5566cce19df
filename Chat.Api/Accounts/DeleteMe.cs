using System.Security.Claims;
using Chat.Api.Admin;
using Chat.Contracts.Accounts;
using Chat.Data.Accounts;
using Chat.Data.Audit;
using Chat.ServiceDefaults.Authentication;
using Chat.ServiceDefaults.Problems;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Npgsql;

namespace Chat.Api.Accounts;

internal static class DeleteMe
{
    /// <summary>The password is asked for once more: a device left open must not be enough.</summary>
    public static async Task<Results<NoContent, NotFound, ProblemHttpResult>> HandleAsync(
        [FromBody] DeleteAccountRequest request, ClaimsPrincipal caller, PasswordCheck passwords, NpgsqlDataSource database,
        SessionEndings endings, CancellationToken cancellationToken)
    {
        var userId = caller.UserId();
        if (!await passwords.IsRightAsync(userId, request.Password, cancellationToken))
        {
            return Problems.WrongCredentials();
        }

        return await DeleteAccount.RunAsync(database, Actor.User(userId), userId, cancellationToken).AnswerAsync(endings, userId);
    }
}
