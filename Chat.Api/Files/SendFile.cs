using System.ComponentModel;
using Chat.Contracts.Files;
using Chat.Data.Files;
using Chat.ServiceDefaults.Problems;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;
using Npgsql;

namespace Chat.Api.Files;

/// <summary>
/// Gives a file, or its thumbnail, to whoever has a link that holds; where the store gives files itself, sends on to it. What is not known to be
/// harmless to show is saved, not opened; and nothing is ever run: see the headers.
/// </summary>
internal static class SendFile
{
    public static async Task<Results<FileStreamHttpResult, RedirectHttpResult, NotFound, ProblemHttpResult>> HandleAsync(
        Guid id, HttpContext http, FileLinks links, LinkWindows windows, NpgsqlDataSource database, IFileStore store, CancellationToken cancellationToken,
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

        var sent = file.Thumbnail is { } thumbnail && thumbnail.Id == id ? thumbnail.AsLinked() : new LinkedFile(file.Id, file.Name, file.MediaType);
        if (store.Direct is { } direct)
        {
            SetCaching(http.Response.Headers, holds);
            return TypedResults.Redirect(direct.Sign(sent, windows.Now), preserveMethod: true);
        }

        if (await store.OpenAsync(id, cancellationToken) is not { } bytes)
        {
            return TypedResults.NotFound();
        }

        SetCaching(http.Response.Headers, holds);
        http.Response.Headers.ContentDisposition = Disposition.Of(sent.Name, sent.MediaType);
        return TypedResults.Stream(
            bytes, sent.MediaType, fileDownloadName: null, lastModified: file.CreatedAt,
            entityTag: new EntityTagHeaderValue(sent.Id == file.Id ? $"\"{Convert.ToHexStringLower(file.Sha256)}\"" : $"\"{sent.Id:n}\""),
            enableRangeProcessing: true);
    }

    private static void SetCaching(IHeaderDictionary headers, TimeSpan holds)
    {
        headers.XContentTypeOptions = "nosniff";
        headers.ContentSecurityPolicy = "default-src 'none'; sandbox";
        headers.CacheControl = $"private, max-age={(long)holds.TotalSeconds}, immutable";
        headers["Referrer-Policy"] = "no-referrer";
    }
}
