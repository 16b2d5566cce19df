using System.Security.Claims;
using Chat.Api.Files;
using Chat.Data.Files;
using Npgsql;

namespace Chat.Api.Uploads;

/// <summary>For clients behind something that lets only GET and POST through (tus 1.0.0, X-HTTP-Method-Override).</summary>
internal static class OverrideMethod
{
    public static async Task<IResult> HandleAsync(
        Guid id, HttpContext http, ClaimsPrincipal user, NpgsqlDataSource database, UploadReceiver receiver, IFileStore store,
        CancellationToken cancellationToken) => http.Request.Headers["X-HTTP-Method-Override"].ToString() switch
        {
            "PATCH" => await AppendToUpload.HandleAsync(id, http, user, database, receiver, cancellationToken),
            "DELETE" => await TerminateUpload.HandleAsync(id, user, database, store, cancellationToken),
            _ => TypedResults.StatusCode(StatusCodes.Status405MethodNotAllowed),
        };
}
