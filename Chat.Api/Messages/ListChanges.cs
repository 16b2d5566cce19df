using System.ComponentModel;
using System.Security.Claims;
using Chat.Api.Requests;
using Chat.Contracts.Messages;
using Chat.Data.Conversations;
using Chat.Data.Messages;
using Chat.ServiceDefaults.Authentication;
using Chat.ServiceDefaults.Problems;
using Microsoft.AspNetCore.Http.HttpResults;
using Npgsql;

namespace Chat.Api.Messages;

internal static class ListChanges
{
    public static async Task<Results<Ok<ChangePage>, NotFound, ValidationProblem, ProblemHttpResult>> HandleAsync(
        Guid conversationId, ClaimsPrincipal user, NpgsqlDataSource database, CancellationToken cancellationToken,
        [Description("The `changesToken` of a page or conversation, or the `next` of the changes before.")] string? since = null,
        [Description("How many changes the page covers, 1 to 100.")] int limit = Paging.MaxLimit)
    {
        if (Paging.Refuse(limit) is { } refusal)
        {
            return refusal;
        }

        if (!ChangesToken.TryParse(since, out var token))
        {
            return Problems.Invalid("since", "Must be a token that this conversation's answers gave.");
        }

        return await ReadChanges.RunAsync(database, conversationId, user.UserId(), token, limit, cancellationToken) switch
        {
            ChangesOutcome.Page(var changes) => TypedResults.Ok(changes),
            ChangesOutcome.Gone => Problems.Of(ProblemType.ChangesGone, "Load the conversation anew."),
            _ => TypedResults.NotFound(),
        };
    }
}
