using System.ComponentModel;
using System.Security.Claims;
using Chat.Api.Requests;
using Chat.Contracts.Conversations;
using Chat.ServiceDefaults.Authentication;
using Microsoft.AspNetCore.Http.HttpResults;
using Npgsql;
using Members = Chat.Data.Conversations.ListMembers;

namespace Chat.Api.Conversations;

internal static class ListMembers
{
    public static async Task<Results<Ok<MemberList>, NotFound, ValidationProblem>> HandleAsync(
        Guid conversationId, ClaimsPrincipal user, NpgsqlDataSource database, CancellationToken cancellationToken,
        [Description(Paging.AfterDescription)] string? after = null,
        [Description(Paging.LimitDescription)] int limit = Paging.DefaultLimit)
    {
        var start = Guid.Empty;
        return Paging.Refuse(limit) is { } refusal ? refusal
            : after is not null && !Guid.TryParse(after, out start) ? Paging.BadAfter()
            : await Members.RunAsync(database, conversationId, user.UserId(), start, limit, cancellationToken) is { } members
                ? TypedResults.Ok(members)
                : TypedResults.NotFound();
    }
}
