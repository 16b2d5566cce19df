using System.ComponentModel;
using System.Security.Claims;
using Chat.Api.Requests;
using Chat.Contracts.ReadState;
using Chat.ServiceDefaults.Authentication;
using Chat.ServiceDefaults.Problems;
using Microsoft.AspNetCore.Http.HttpResults;
using Npgsql;
using Cursors = Chat.Data.ReadState.ListCursors;

namespace Chat.Api.ReadState;

/// <summary>Whole for nearly all conversations, since a member is 85 bytes.</summary>
internal static class ListCursors
{
    public static async Task<Results<Ok<CursorList>, NotFound, ValidationProblem>> HandleAsync(
        Guid conversationId, ClaimsPrincipal user, NpgsqlDataSource database, CancellationToken cancellationToken,
        [Description(Paging.AfterDescription)] string? after = null,
        [Description("How many, 1 to 1,000.")] int limit = CursorLimits.PageMax)
    {
        var start = Guid.Empty;
        return limit is < 1 or > CursorLimits.PageMax ? Problems.Invalid("limit", $"Must be from 1 to {CursorLimits.PageMax}.")
            : after is not null && !Guid.TryParse(after, out start) ? Paging.BadAfter()
            : await Cursors.RunAsync(database, conversationId, user.UserId(), start, limit, cancellationToken) is { } cursors
                ? TypedResults.Ok(cursors)
                : TypedResults.NotFound();
    }
}
