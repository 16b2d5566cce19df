using System.ComponentModel;
using Chat.Contracts.Files;
using Chat.Data.Files;
using Chat.ServiceDefaults.Problems;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;
using Npgsql;

namespace Chat.Api.Files;

/// <summary>
/// Gives a file to whoever has a link that holds. What is not known to be harmless to show is saved, not opened; and nothing is ever run: see
/// the headers.
/// </summary>
internal static class SendFile
{
    public static async Task<Results<FileStreamHttpResult, NotFound, ProblemHttpResult>> HandleAsync(
        Guid id, HttpContext http, FileLinks links, NpgsqlDataSource database, IFileStore store, CancellationToken cancellationToken,
        [Description("When the link expires, in Unix seconds.")] long e = 0,
        [Description("The signature.")] string s = "")
    {
        if (links.Check(id, e, s) is not { } holds)
        {
            return Problems.Of(ProblemType.LinkExpired, "Ask for the message, or /api/files/{id}, again.");
        }

        var file = await ReadFiles.ToSendAsync(database, id, cancellationToken);
        if (file?.Sha256 is null)
        {
            return TypedResults.NotFound();
        }

        if (file.Scan is ScanState.Pending or ScanState.Blocked)
        {
            return file.Scan == ScanState.Pending
                ? Problems.Of(ProblemType.FileNotScanned, "Try again in a moment.")
                : Problems.Of(ProblemType.FileBlocked);
        }

        if (await store.OpenAsync(id, cancellationToken) is not { } bytes)
        {
            return TypedResults.NotFound();
        }

        SetHeaders(http.Response.Headers, file, holds);
        return TypedResults.Stream(
            bytes, file.MediaType, fileDownloadName: null, lastModified: file.CreatedAt,
            entityTag: new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(file.Sha256)}\""), enableRangeProcessing: true);
    }

    private static void SetHeaders(IHeaderDictionary headers, FileFacts file, TimeSpan holds)
    {
        var shown = !file.Encrypted && MediaTypes.IsShown(file.MediaType);
        var disposition = new ContentDispositionHeaderValue(shown ? "inline" : "attachment");
        disposition.SetHttpFileName(file.Name);
        headers.ContentDisposition = disposition.ToString();
        headers.XContentTypeOptions = "nosniff";
        headers.ContentSecurityPolicy = "default-src 'none'; sandbox";
        headers.CacheControl = $"private, max-age={(long)holds.TotalSeconds}, immutable";
        headers["Referrer-Policy"] = "no-referrer";
    }
}
