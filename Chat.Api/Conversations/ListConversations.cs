using System.ComponentModel;
using System.Security.Claims;
using Chat.Api.Requests;
using Chat.Contracts.Conversations;
using Chat.Data.Conversations;
using Chat.ServiceDefaults.Authentication;
using Chat.ServiceDefaults.Problems;
using Microsoft.AspNetCore.Http.HttpResults;
using Npgsql;
using List = Chat.Data.Conversations.ListConversations;

namespace Chat.Api.Conversations;

internal static class ListConversations
{
    public static async Task<Results<Ok<ConversationList>, ValidationProblem, ProblemHttpResult>> HandleAsync(
        ClaimsPrincipal user, NpgsqlDataSource database, CancellationToken cancellationToken,
        [Description("Those that the caller has put away, instead of the others. With `changedSince` both come.")] bool archived = false,
        [Description(Paging.AfterDescription)] string? after = null,
        [Description("The `changesToken` of a list: only conversations that may have changed since.")] string? changedSince = null,
        [Description(Paging.LimitDescription)] int limit = Paging.DefaultLimit)
    {
        var (start, since) = (ListCursor.Start, default(ChangesToken));
        var refusal = Paging.Refuse(limit)
            ?? (after is not null && !ListCursor.TryParse(after, out start) ? Paging.BadAfter() : null)
            ?? (changedSince is not null && !ChangesToken.TryParse(changedSince, out since)
                ? Problems.Invalid("changedSince", "Must be the `changesToken` of a list of conversations.")
                : null);
        if (refusal is not null)
        {
            return refusal;
        }

        var page = await List.RunAsync(
            database, user.UserId(), archived, start, changedSince is null ? null : since, limit, cancellationToken);
        return page is null ? Problems.Of(ProblemType.ChangesGone, "Load your conversations anew.") : TypedResults.Ok(page);
    }
}
