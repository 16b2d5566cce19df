using System.Security.Claims;
using Chat.Api.Files;
using Chat.Data.Files;
using Chat.ServiceDefaults.Authentication;
using Chat.ServiceDefaults.Problems;
using Microsoft.AspNetCore.Http.HttpResults;
using Npgsql;

namespace Chat.Api.Uploads;

internal static class AppendToUpload
{
    public static async Task<Results<NoContent, NotFound, ProblemHttpResult, ValidationProblem>> HandleAsync(
        Guid id, HttpContext http, ClaimsPrincipal user, NpgsqlDataSource database, UploadReceiver receiver, CancellationToken cancellationToken)
    {
        if (!http.Request.HasBody())
        {
            return Problems.Of(ProblemType.UnsupportedMediaType, $"Send {Tus.BodyType}.");
        }

        return http.Request.Bytes("Upload-Offset") is { } offset
            ? await AppendAsync(http, id, user.UserId(), offset, database, receiver, cancellationToken)
            : Problems.Invalid("Upload-Offset", "Must be the number of bytes that are stored already.");
    }

    /// <summary>The request's body, from an offset on; an upload that has all its bytes becomes a file.</summary>
    public static async Task<Results<NoContent, NotFound, ProblemHttpResult, ValidationProblem>> AppendAsync(
        HttpContext http, Guid id, Guid owner, long offset, NpgsqlDataSource database, UploadReceiver receiver, CancellationToken cancellationToken)
    {
        var checksum = http.Request.Headers["Upload-Checksum"].ToString() is { Length: > 0 } said ? BodyChecksum.Parse(said) : null;
        if (checksum is null && http.Request.Headers["Upload-Checksum"].Count > 0)
        {
            return Problems.Invalid("Upload-Checksum", $"Must be one of {BodyChecksum.Algorithms}, and the hash in base64.");
        }

        switch (await UploadLease.ClaimAsync(database, id, owner, offset, cancellationToken))
        {
            case LeaseOutcome.Had(var lease):
                return await ReceiveAsync(http, lease, checksum, receiver, cancellationToken);
            case LeaseOutcome.Finished(var upload):
                http.Response.SayOffset(upload.Size);
                return TypedResults.NoContent();
            case LeaseOutcome.WrongOffset(var received):
                http.Response.SayOffset(received);
                return Problems.Of(ProblemType.WrongOffset, $"Go on from {received}.");
            case LeaseOutcome.Taken:
                return FileAnswers.Taken(http);
            default:
                return TypedResults.NotFound();
        }
    }

    private static async Task<Results<NoContent, NotFound, ProblemHttpResult, ValidationProblem>> ReceiveAsync(
        HttpContext http, UploadLease lease, BodyChecksum? checksum, UploadReceiver receiver, CancellationToken cancellationToken)
    {
        var left = lease.Upload.Size - lease.Upload.Received;
        if (http.Request.ContentLength > left)
        {
            await lease.SaveAsync(lease.Upload.Received, goOn: false, CancellationToken.None);
            return Problems.Of(ProblemType.BodyTooLarge, $"Of this upload only {left} bytes are missing.");
        }

        http.AllowBody(left);
        http.Response.SayExpiry(lease.Upload.ExpiresAt);
        switch (await receiver.ReceiveAsync(lease, http.Request.Body, checksum, sizeIsBound: false, cancellationToken))
        {
            case ReceiveOutcome.Progress(var received):
                http.Response.SayOffset(received);
                return TypedResults.NoContent();
            case ReceiveOutcome.Finished(var file):
                http.Response.SayOffset(file.Size);
                return TypedResults.NoContent();
            case ReceiveOutcome.Mismatch:
                return Problems.Of(ProblemType.ChecksumMismatch, "Send it again from the same offset.");
            case ReceiveOutcome.Taken:
                return FileAnswers.Taken(http);
            default:
                return TypedResults.NotFound();
        }
    }
}
