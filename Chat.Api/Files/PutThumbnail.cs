using System.Security.Claims;
using Chat.Contracts.Files;
using Chat.Data.Files;
using Chat.ServiceDefaults.Authentication;
using Chat.ServiceDefaults.Problems;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Chat.Api.Files;

/// <summary>
/// Takes the small picture that a client has made of a file that it uploaded: the server reads no pictures. It believes the first bytes and the
/// header alone; of an encrypted file not even these.
/// </summary>
internal static class PutThumbnail
{
    private static readonly string[] Types = ["image/png", "image/jpeg", "image/webp"];

    public static async Task<Results<Ok<StoredFile>, NotFound, ProblemHttpResult, ValidationProblem>> HandleAsync(
        Guid id, HttpContext http, ClaimsPrincipal user, NpgsqlDataSource database, IFileStore store, LinkCache links, IOptions<FilesOptions> options,
        CancellationToken cancellationToken)
    {
        if (await SetThumbnail.ReadAsync(database, id, user.UserId(), cancellationToken) is not { } file)
        {
            return TypedResults.NotFound();
        }

        if (file.Thumbnail is not null)
        {
            return Problems.Of(ProblemType.ThumbnailExists);
        }

        if (await ReadAsync(http, cancellationToken) is not { } bytes)
        {
            return Problems.Of(ProblemType.BodyTooLarge, $"A thumbnail has at most {FileLimits.ThumbnailBytesMax} bytes.");
        }

        if (Describe(file, bytes) is not { } thumbnail)
        {
            return Problems.Invalid("thumbnail", $"Must be a PNG, JPEG or WebP of 1 to {FileLimits.ThumbnailPixelsMax} pixels each way.");
        }

        await StoreAsync(store, thumbnail.Id, bytes);
        if (await SetThumbnail.RunAsync(database, id, user.UserId(), thumbnail, options.Value.Scanner is not null, cancellationToken) is { } whole)
        {
            links.Want(thumbnail.Id);
            return TypedResults.Ok(links.Of(whole));
        }

        await store.RemoveAsync(thumbnail.Id, CancellationToken.None);
        return Problems.Of(ProblemType.ThumbnailExists);
    }

    /// <summary>Null: there is more than may be.</summary>
    private static async Task<byte[]?> ReadAsync(HttpContext http, CancellationToken cancellationToken)
    {
        var buffer = new byte[FileLimits.ThumbnailBytesMax + 1];
        var length = await http.Request.Body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken);
        return length > FileLimits.ThumbnailBytesMax ? null : buffer[..length];
    }

    private static Thumbnail? Describe(FileFacts file, byte[] bytes)
    {
        var id = Guid.CreateVersion7();
        if (file.Encrypted)
        {
            return bytes.Length > 0 ? new Thumbnail(id, MediaTypes.Unknown) : null;
        }

        var type = MediaTypes.Of(bytes, MediaTypes.Unknown);
        return Types.Contains(type) && PictureSize.Of(bytes, type) is var (width, height)
            && width <= FileLimits.ThumbnailPixelsMax && height <= FileLimits.ThumbnailPixelsMax
            ? new Thumbnail(id, type, width, height)
            : null;
    }

    private static async Task StoreAsync(IFileStore store, Guid id, byte[] bytes)
    {
        await using (var upload = await store.OpenUploadAsync(id, 0, CancellationToken.None))
        {
            await upload!.WriteAsync(bytes, CancellationToken.None);
            await upload.FlushAsync(CancellationToken.None);
        }

        await store.SealAsync(id, bytes.Length, CancellationToken.None);
    }
}
