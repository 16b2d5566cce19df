using Chat.Data.Files;

namespace Chat.Api.Files;

/// <summary>Files: sent in one go, looked at, and had by signed links. To who may not know of one there is none: 404.</summary>
internal static class FilesApi
{
    public static void AddFileSharing(this WebApplicationBuilder builder)
    {
        builder.Services.AddFiles();
        builder.Services.AddSingleton<UploadFinish>();
        builder.Services.AddSingleton<UploadReceiver>();
        builder.Services.AddHostedService<LinkSharing>();
        builder.Services.AddExceptionHandler<FileStoreOutages>();
    }

    public static void MapFiles(this IEndpointRouteBuilder routes)
    {
        var files = routes.MapGroup("/files").WithTags("Files");
        files.MapPost("", PostFile.HandleAsync).WithSummary("Upload a file in one go")
            .WithDescription("multipart/form-data with a part called file; before it, where they apply, the fields width, height, durationMs, encrypted (true) and metadata.")
            .ProducesProblem(StatusCodes.Status413PayloadTooLarge).ProducesProblem(StatusCodes.Status415UnsupportedMediaType)
            .ProducesProblem(StatusCodes.Status429TooManyRequests).ProducesProblem(StatusCodes.Status503ServiceUnavailable);
        files.MapPut("/{id:guid}/thumbnail", PutThumbnail.HandleAsync).WithSummary("Give a file the small picture that you made of it")
            .WithDescription("The body is a PNG, JPEG or WebP, at most 64 KB and 640 pixels each way; of an encrypted file whatever it is. Once, and before a message carries it.")
            .ProducesProblem(StatusCodes.Status409Conflict).ProducesProblem(StatusCodes.Status413PayloadTooLarge)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);
        files.MapGet("/{id:guid}", GetFile.HandleAsync).WithSummary("What is known of a file, and a link to it")
            .WithDescription("For who uploaded it, and members of a conversation with a message that carries it.");
    }

    /// <summary>Outside of /api: the link is all that is needed, and it stands where pictures are shown.</summary>
    public static void MapFileLinks(this IEndpointRouteBuilder routes) =>
        routes.MapMethods("/files/{id:guid}", [HttpMethods.Get, HttpMethods.Head], SendFile.HandleAsync).AllowAnonymous().WithTags("Files")
            .WithSummary("The bytes of a file").WithDescription("By a signed link, until it expires. Ranges, ETag and If-None-Match.")
            .Produces(StatusCodes.Status200OK, contentType: "application/octet-stream").Produces(StatusCodes.Status307TemporaryRedirect)
            .ProducesProblem(StatusCodes.Status403Forbidden).ProducesProblem(StatusCodes.Status409Conflict);
}
