using System.ComponentModel;
using System.Security.Claims;
using Chat.Api.Requests;
using Chat.Contracts.Conversations;
using Chat.Data.Conversations;
using Chat.ServiceDefaults.Authentication;
using Microsoft.AspNetCore.Http.HttpResults;
using Npgsql;

namespace Chat.Api.Conversations;

internal static class ListConversations
{
    public static async Task<Results<Ok<ConversationList>, ValidationProblem>> HandleAsync(
        ClaimsPrincipal user, NpgsqlDataSource database, CancellationToken cancellationToken,
        [Description("Those that the caller has put away, instead of the others.")] bool archived = false,
        [Description(Paging.AfterDescription)] string? after = null,
        [Description(Paging.LimitDescription)] int limit = Paging.DefaultLimit)
    {
        var start = ListCursor.Start;
        return Paging.Refuse(limit) is { } refusal ? refusal
            : after is not null && !ListCursor.TryParse(after, out start) ? Paging.BadAfter()
            : TypedResults.Ok(await ReadConversations.PageAsync(database, user.UserId(), archived, start, limit, cancellationToken));
    }
}
