using System.Globalization;
using System.Security.Claims;
using Chat.Api.Files;
using Chat.Data.Files;
using Chat.ServiceDefaults.Authentication;
using Microsoft.AspNetCore.Http.HttpResults;
using Npgsql;

namespace Chat.Api.Uploads;

internal static class GetOffset
{
    public static async Task<Results<Ok, NotFound, ProblemHttpResult>> HandleAsync(
        Guid id, HttpContext http, ClaimsPrincipal user, NpgsqlDataSource database, UploadReceiver receiver, CancellationToken cancellationToken)
    {
        var (response, owner) = (http.Response, user.UserId());
        var upload = await ReadFiles.UploadAsync(database, id, owner, cancellationToken);
        if (upload is null)
        {
            return TypedResults.NotFound();
        }

        // Killed between its last byte and the file's row: a client that hears of all its bytes takes the file as being there.
        if (!upload.Finished && upload.Received == upload.Size
            && await AppendToUpload.AppendAsync(http, id, owner, upload.Size, database, receiver, cancellationToken) is { Result: not NoContent })
        {
            return FileAnswers.Taken(http);
        }

        response.SayOffset(upload.Finished ? upload.Size : upload.Received);
        response.Headers["Upload-Length"] = upload.Size.ToString(CultureInfo.InvariantCulture);
        response.SayExpiry(upload.ExpiresAt);
        response.Headers.CacheControl = "no-store";
        return TypedResults.Ok();
    }
}
