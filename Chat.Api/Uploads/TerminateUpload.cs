using System.Security.Claims;
using Chat.Data.Files;
using Chat.ServiceDefaults.Authentication;
using Microsoft.AspNetCore.Http.HttpResults;
using Npgsql;

namespace Chat.Api.Uploads;

/// <summary>Ends an upload. One that is a file already stays a file: delete the message that carries it, or leave it unused.</summary>
internal static class TerminateUpload
{
    public static async Task<Results<NoContent, NotFound>> HandleAsync(
        Guid id, ClaimsPrincipal user, NpgsqlDataSource database, IFileStore store, CancellationToken cancellationToken)
    {
        if (!await EndUpload.RunAsync(database, id, user.UserId(), cancellationToken))
        {
            return TypedResults.NotFound();
        }

        await store.RemoveUploadAsync(id, CancellationToken.None);
        return TypedResults.NoContent();
    }
}
