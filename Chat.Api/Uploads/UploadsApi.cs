using Chat.ServiceDefaults.Problems;

namespace Chat.Api.Uploads;

/// <summary>
/// Uploads that can be resumed: tus 1.0.0 (https://tus.io/protocols/resumable-upload) with creation, creation-with-upload, expiration, checksum
/// and termination. An upload's id is that of the file it becomes. To anybody but who began it, it is not there.
/// </summary>
internal static class UploadsApi
{
    public static void MapUploads(this IEndpointRouteBuilder routes)
    {
        var uploads = routes.MapGroup("/uploads").WithTags("Uploads").AddEndpointFilter(SpeakTusAsync);

        uploads.MapMethods("", [HttpMethods.Options], DescribeUploads.Handle).AllowAnonymous().WithSummary("What of tus is spoken here");
        uploads.MapPost("", CreateUpload.HandleAsync).WithSummary("Begin an upload")
            .WithDescription("Upload-Length, and Upload-Metadata with filename, filetype, width, height, durationMs, encrypted, metadata. A body is the first part of it.")
            .ProducesProblem(StatusCodes.Status413PayloadTooLarge).ProducesProblem(StatusCodes.Status429TooManyRequests);

        var upload = uploads.MapGroup("/{id:guid}");
        upload.MapMethods("", [HttpMethods.Head], GetOffset.HandleAsync).WithSummary("Where to go on");
        upload.MapPatch("", AppendToUpload.HandleAsync).WithSummary("Go on")
            .WithDescription("With the last byte the upload is a file.")
            .ProducesProblem(StatusCodes.Status409Conflict).ProducesProblem(StatusCodes.Status413PayloadTooLarge)
            .ProducesProblem(StatusCodes.Status415UnsupportedMediaType).ProducesProblem(StatusCodes.Status423Locked).ProducesProblem(460);
        upload.MapDelete("", TerminateUpload.HandleAsync).WithSummary("End it without a file");
        upload.MapPost("", OverrideMethod.HandleAsync).WithSummary("PATCH or DELETE, for who can only POST")
            .WithDescription("X-HTTP-Method-Override says which.").ExcludeFromDescription();
    }

    /// <summary>Every answer says which version is spoken, and so must every request.</summary>
    private static async ValueTask<object?> SpeakTusAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var (request, response) = (context.HttpContext.Request, context.HttpContext.Response);
        response.Headers["Tus-Resumable"] = Tus.Version;
        if (!HttpMethods.IsOptions(request.Method) && request.Headers["Tus-Resumable"] != Tus.Version)
        {
            response.Headers["Tus-Version"] = Tus.Version;
            return Problems.Of(ProblemType.TusVersion, "Send Tus-Resumable: 1.0.0.");
        }

        return await next(context);
    }
}
