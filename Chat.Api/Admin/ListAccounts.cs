using System.ComponentModel;
using Chat.Api.Accounts;
using Chat.Api.Requests;
using Chat.Contracts.Accounts;
using Chat.Contracts.Operations;
using Chat.ServiceDefaults.Problems;
using Microsoft.AspNetCore.Http.HttpResults;
using Npgsql;
using List = Chat.Data.Operators.ListAccounts;

namespace Chat.Api.Admin;

internal static class ListAccounts
{
    public static async Task<Results<Ok<AccountList>, ValidationProblem>> HandleAsync(
        NpgsqlDataSource database, CancellationToken cancellationToken,
        [Description("What the user name begins with, whatever its letter case; without it: all.")] string? query = null,
        [Description("Only those who are suspended, or only those who are not.")] bool? suspended = null,
        [Description(Paging.AfterDescription)] string? after = null,
        [Description(Paging.LimitDescription)] int limit = Paging.DefaultLimit) =>
        Paging.Refuse(limit) is { } refusal ? refusal
            : query is not null && !AccountRules.IsBeginningOfUserName(query)
                ? Problems.Invalid("query", $"Must be 1 to {AccountLimits.UserNameMax} of a–z, 0–9, '_', '.' and '-'.")
            : after is not null && !AccountRules.IsUserName(after) ? Paging.BadAfter()
            : TypedResults.Ok(await List.RunAsync(
                database, query?.ToLowerInvariant() ?? "", suspended, after ?? "", limit, cancellationToken));
}
