using System.ComponentModel;
using System.Security.Claims;
using Chat.Api.Requests;
using Chat.Contracts.ReadState;
using Chat.ServiceDefaults.Authentication;
using Microsoft.AspNetCore.Http.HttpResults;
using Npgsql;
using Cursors = Chat.Data.ReadState.ListCursors;

namespace Chat.Api.ReadState;

internal static class ListReaders
{
    public static async Task<Results<Ok<ReaderList>, NotFound, ValidationProblem>> HandleAsync(
        Guid conversationId, long seq, ClaimsPrincipal user, NpgsqlDataSource database, CancellationToken cancellationToken,
        [Description(Paging.AfterDescription)] string? after = null,
        [Description(Paging.LimitDescription)] int limit = Paging.DefaultLimit)
    {
        var start = Guid.Empty;
        return Paging.Refuse(limit) is { } refusal ? refusal
            : after is not null && !Guid.TryParse(after, out start) ? Paging.BadAfter()
            : await Cursors.OfMessageAsync(database, conversationId, user.UserId(), seq, start, limit, cancellationToken) is { } readers
                ? TypedResults.Ok(readers)
                : TypedResults.NotFound();
    }
}
