using System.ComponentModel;
using System.Security.Claims;
using Chat.Api.Requests;
using Chat.Contracts.Messages;
using Chat.Data.Messages;
using Chat.ServiceDefaults.Authentication;
using Chat.ServiceDefaults.Problems;
using Microsoft.AspNetCore.Http.HttpResults;
using Npgsql;

namespace Chat.Api.Messages;

internal static class ListThread
{
    public static async Task<Results<Ok<MessagePage>, NotFound, ValidationProblem>> HandleAsync(
        Guid conversationId, long seq, ClaimsPrincipal user, NpgsqlDataSource database, CancellationToken cancellationToken,
        [Description("Messages just after this seq; 0 begins with the first.")] long after = 0,
        [Description(Paging.LimitDescription)] int limit = Paging.DefaultLimit)
    {
        if ((Paging.Refuse(limit) ?? (after < 0 ? Problems.Invalid("after", "Must be a seq or 0.") : null)) is { } refusal)
        {
            return refusal;
        }

        return await ReadThread.RunAsync(database, conversationId, user.UserId(), seq, after, limit, cancellationToken) is { } page
            ? TypedResults.Ok(page)
            : TypedResults.NotFound();
    }
}
