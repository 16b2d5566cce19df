using System.ComponentModel;
using Chat.Contracts.Accounts;
using Chat.Contracts.Validation;
using Chat.Data.Accounts;
using Chat.ServiceDefaults.Problems;
using Microsoft.AspNetCore.Http.HttpResults;
using Npgsql;

namespace Chat.Api.Accounts;

internal static class ListUsers
{
    public static async Task<Results<Ok<UserList>, ValidationProblem>> HandleAsync(
        NpgsqlDataSource database, CancellationToken cancellationToken,
        [Description("What the user name or the display name begins with, 1 to 64 characters, whatever their letter case.")] string query,
        [Description("Where the page before ended: its \"next\".")] string? after = null,
        [Description("Users on a page, 1 to 100.")] int limit = 20)
    {
        var prefix = query.Trim();
        if (prefix.Length is 0 or > AccountLimits.DisplayNameMax || !new PlainTextAttribute().IsValid(prefix))
        {
            return Problems.Invalid("query", $"Must be 1 to {AccountLimits.DisplayNameMax} visible characters.");
        }

        if (limit is < 1 or > AccountLimits.PageMax)
        {
            return Problems.Invalid("limit", $"Must be from 1 to {AccountLimits.PageMax}.");
        }

        if (!UserListPosition.TryRead(after, out var position))
        {
            return Problems.Invalid("after", "Must be the \"next\" of a page.");
        }

        // One more than asked for tells whether there is a next page.
        var found = await FindUsers.RunAsync(database, prefix, position, limit + 1, cancellationToken);
        var next = found.Count > limit ? UserListPosition.Write(found[limit - 1].Position) : null;
        return TypedResults.Ok(new UserList([.. found.Take(limit).Select(u => new UserProfile(u.Id, u.UserName, u.DisplayName))], next));
    }
}
