using System.ComponentModel;
using System.Security.Claims;
using Chat.Api.Requests;
using Chat.Contracts.Conversations;
using Chat.Data.Conversations;
using Chat.ServiceDefaults.Authentication;
using Chat.ServiceDefaults.Problems;
using Microsoft.AspNetCore.Http.HttpResults;
using Npgsql;

namespace Chat.Api.Conversations;

internal static class ListOwnChanges
{
    public static async Task<Results<Ok<OwnChangePage>, ValidationProblem, ProblemHttpResult>> HandleAsync(
        ClaimsPrincipal user, NpgsqlDataSource database, CancellationToken cancellationToken,
        [Description("The `next` of an answer before; without it: nothing but the present token.")] string? since = null,
        [Description("How many changes the page covers, 1 to 100.")] int limit = Paging.MaxLimit)
    {
        if (Paging.Refuse(limit) is { } refusal)
        {
            return refusal;
        }

        var isToken = ChangesToken.TryParse(since, out var token);
        if (since is not null && !isToken)
        {
            return Problems.Invalid("since", "Must be the `next` of an answer of this call.");
        }

        var page = await ReadOwnChanges.RunAsync(database, user.UserId(), isToken ? token : null, limit, cancellationToken);
        return page is null ? Problems.Of(ProblemType.ChangesGone, "Load your conversations anew.") : TypedResults.Ok(page);
    }
}
