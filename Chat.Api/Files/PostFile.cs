using System.Security.Claims;
using System.Text;
using Chat.Contracts.Files;
using Chat.Data.Files;
using Chat.ServiceDefaults.Authentication;
using Chat.ServiceDefaults.Problems;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;
using Npgsql;

namespace Chat.Api.Files;

/// <summary>
/// Takes a file in one go, as <c>curl -F file=@…</c> sends it: part by part as they come, nothing is kept but a buffer. Fields that describe the
/// file stand before it. Whatever fails, nothing is left.
/// </summary>
internal static class PostFile
{
    private const int FieldsMax = 10;
    private const int FieldBytesMax = 8 * 1024;

    /// <summary>What stands around the file in a body.</summary>
    private const int EnvelopeBytes = 128 * 1024;

    public static async Task<Results<Created<StoredFile>, ProblemHttpResult, ValidationProblem>> HandleAsync(
        HttpContext http, ClaimsPrincipal user, NpgsqlDataSource database, UploadReceiver receiver, IFileStore store, LinkCache links,
        IOptions<FilesOptions> options, CancellationToken cancellationToken)
    {
        var settings = options.Value;
        if (http.Request.ContentLength > settings.MaxBytes + EnvelopeBytes)
        {
            return FileAnswers.TooLarge(settings);
        }

        if (BoundaryOf(http.Request) is not { } boundary)
        {
            return Problems.Of(ProblemType.UnsupportedMediaType, "Send multipart/form-data with a part called file, or use tus.");
        }

        http.AllowBody(settings.MaxBytes + EnvelopeBytes);
        var said = new Dictionary<string, string>(StringComparer.Ordinal);
        FileMultipartSection? part;
        try
        {
            part = await NextFileAsync(new MultipartReader(boundary, http.Request.Body), said, cancellationToken);
        }
        catch (Exception e) when (IsMalformed(e))
        {
            return Problems.Of(ProblemType.MalformedRequest, "The parts of the body cannot be read.");
        }

        if (part is null)
        {
            return Problems.Invalid("file", "Must be there, after the fields that describe it.");
        }

        said["filename"] = part.FileName;
        said["filetype"] = part.Section.ContentType ?? "";
        if (Descriptions.Read(said, out var wrong) is not { } file)
        {
            return Problems.Invalid(wrong.Field, wrong.Message);
        }

        var (id, owner) = (Guid.CreateVersion7(), user.UserId());
        var most = Math.Min(settings.MaxBytes, http.Request.ContentLength ?? settings.MaxBytes);
        var begun = await BeginUpload.RunAsync(database, id, owner, most, file, TimeSpan.FromHours(1), settings, cancellationToken);
        if (begun is not BeginOutcome.Begun)
        {
            return begun.Refusal(http);
        }

        var settled = false;
        try
        {
            var lease = await UploadLease.ClaimAsync(database, id, owner, offset: 0, cancellationToken);
            var outcome = lease is LeaseOutcome.Had(var had)
                ? await receiver.ReceiveAsync(had, part.FileStream!, checksum: null, sizeIsBound: true, cancellationToken)
                : new ReceiveOutcome.Ended();
            settled = outcome is ReceiveOutcome.Finished;
            return outcome switch
            {
                ReceiveOutcome.Finished(var stored) => TypedResults.Created($"/api/files/{id}", links.Of(stored)),
                ReceiveOutcome.TooLarge => FileAnswers.TooLarge(settings),
                _ => Problems.Of(ProblemType.StorageUnavailable, "Send it again."),
            };
        }
        catch (Exception e) when (IsMalformed(e))
        {
            return Problems.Of(ProblemType.MalformedRequest, "The parts of the body cannot be read.");
        }
        finally
        {
            if (!settled)
            {
                await DropAsync(database, store, id, owner);
            }
        }
    }

    /// <summary>What the reader of the parts says; that a client has gone, or was too slow, is told apart elsewhere.</summary>
    private static bool IsMalformed(Exception e) => e is InvalidDataException or (IOException and not BadHttpRequestException);

    private static string? BoundaryOf(HttpRequest request) =>
        MediaTypeHeaderValue.TryParse(request.ContentType, out var type) && type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase)
            && HeaderUtilities.RemoveQuotes(type.Boundary).Value is { Length: > 0 and <= 70 } boundary
            ? boundary
            : null;

    /// <summary>Reads the fields before the file.</summary>
    private static async Task<FileMultipartSection?> NextFileAsync(
        MultipartReader reader, Dictionary<string, string> said, CancellationToken cancellationToken)
    {
        for (var fields = 0; fields <= FieldsMax && await reader.ReadNextSectionAsync(cancellationToken) is { } section; fields++)
        {
            if (section.AsFileSection() is { } file)
            {
                return file;
            }

            if (section.AsFormDataSection() is { } field)
            {
                var value = new byte[FieldBytesMax + 1];
                var length = await section.Body.ReadAtLeastAsync(value, value.Length, throwOnEndOfStream: false, cancellationToken);
                if (length > FieldBytesMax)
                {
                    throw new InvalidDataException("A field is too long.");
                }

                said[field.Name] = Encoding.UTF8.GetString(value, 0, length);
            }
        }

        return null;
    }

    private static async Task DropAsync(NpgsqlDataSource database, IFileStore store, Guid id, Guid owner)
    {
        try
        {
            if (await EndUpload.RunAsync(database, id, owner, CancellationToken.None))
            {
                await store.RemoveUploadAsync(id, CancellationToken.None);
            }
        }
        catch (Exception e) when (e is NpgsqlException or FileStoreException)
        {
            // The worker removes it when it has expired.
        }
    }
}
