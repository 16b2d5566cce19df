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

internal static class ListVersions
{
    public static async Task<Results<Ok<VersionList>, NotFound, ValidationProblem>> HandleAsync(
        Guid conversationId, long seq, ClaimsPrincipal user, NpgsqlDataSource database, CancellationToken cancellationToken,
        [Description("Versions before this rev: the `next` of the page before.")] long? before = null,
        [Description(Paging.LimitDescription)] int limit = Paging.DefaultLimit)
    {
        if ((Paging.Refuse(limit) ?? (before is < 1 ? Problems.Invalid("before", "Must be a rev: 1 or more.") : null)) is { } refusal)
        {
            return refusal;
        }

        return await ReadVersions.RunAsync(
            database, conversationId, user.UserId(), seq, before ?? long.MaxValue, limit, cancellationToken) is { } versions
            ? TypedResults.Ok(versions)
            : TypedResults.NotFound();
    }
}
