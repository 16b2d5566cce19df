using System.Security.Claims;
using Chat.Contracts.Files;
using Chat.Data.Files;
using Chat.ServiceDefaults.Authentication;
using Microsoft.AspNetCore.Http.HttpResults;
using Npgsql;

namespace Chat.Api.Files;

internal static class GetFile
{
    public static async Task<Results<Ok<StoredFile>, NotFound>> HandleAsync(
        Guid id, ClaimsPrincipal user, NpgsqlDataSource database, LinkCache links, CancellationToken cancellationToken) =>
        await ReadFiles.ForAsync(database, id, user.UserId(), cancellationToken) is { } file
            ? TypedResults.Ok(links.Of(file))
            : TypedResults.NotFound();
}
