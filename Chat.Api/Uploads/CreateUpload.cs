using System.Security.Claims;
using Chat.Api.Files;
using Chat.Data.Files;
using Chat.ServiceDefaults.Authentication;
using Chat.ServiceDefaults.Problems;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Chat.Api.Uploads;

internal static class CreateUpload
{
    public static async Task<Results<Created, NotFound, ProblemHttpResult, ValidationProblem>> HandleAsync(
        HttpContext http, ClaimsPrincipal user, NpgsqlDataSource database, UploadReceiver receiver, IOptions<FilesOptions> options,
        CancellationToken cancellationToken)
    {
        var (settings, request) = (options.Value, http.Request);
        if (request.Bytes("Upload-Length") is not { } size)
        {
            return Problems.Invalid("Upload-Length", "Must be the number of bytes; a length that is told later is not taken.");
        }

        if (size > settings.MaxBytes)
        {
            http.Response.Describe(settings);
            return FileAnswers.TooLarge(settings);
        }

        if (request.Metadata() is not { } said)
        {
            return Problems.Invalid("Upload-Metadata", "Must be pairs of key and base64, each key once.");
        }

        if (Descriptions.Read(said, out var wrong) is not { } file)
        {
            return Problems.Invalid(wrong.Field, wrong.Message);
        }

        var (id, owner) = (Guid.CreateVersion7(), user.UserId());
        var begun = await BeginUpload.RunAsync(database, id, owner, size, file, settings.KeepUnfinishedFor, settings, cancellationToken);
        if (begun is not BeginOutcome.Begun(var expiresAt))
        {
            return begun.Refusal(http);
        }

        http.Response.SayExpiry(expiresAt);
        var location = $"{request.PathBase}{request.Path.Value!.TrimEnd('/')}/{id}";
        if (!request.HasBody() && size > 0)
        {
            return TypedResults.Created(location);
        }

        var appended = await AppendToUpload.AppendAsync(http, id, owner, offset: 0, database, receiver, cancellationToken);
        return appended is { Result: NoContent } ? TypedResults.Created(location) : Refused(appended);
    }

    private static Results<Created, NotFound, ProblemHttpResult, ValidationProblem> Refused(
        Results<NoContent, NotFound, ProblemHttpResult, ValidationProblem> appended) => appended.Result switch
        {
            ProblemHttpResult problem => problem,
            ValidationProblem invalid => invalid,
            _ => TypedResults.NotFound(),
        };
}
