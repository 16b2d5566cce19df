using System.Globalization;
using Chat.Data.Files;
using Chat.ServiceDefaults.Problems;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Chat.Api.Files;

/// <summary>The refusals that every way to upload gives.</summary>
internal static class FileAnswers
{
    public static ProblemHttpResult Refusal(this BeginOutcome outcome, HttpContext http)
    {
        if (outcome is BeginOutcome.TooMany(var wait))
        {
            http.Response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
            return Problems.Of(ProblemType.TooManyUploads, "Begin the next one after the seconds that Retry-After says.");
        }

        return Problems.Of(ProblemType.QuotaExceeded, "Delete messages with files that are no longer needed.");
    }

    public static ProblemHttpResult TooLarge(FilesOptions options) =>
        Problems.Of(ProblemType.BodyTooLarge, $"A file has at most {options.MaxMiB} MiB.");

    public static ProblemHttpResult Taken(HttpContext http)
    {
        http.Response.Headers.RetryAfter = "2";
        return Problems.Of(ProblemType.UploadInProgress, "Ask for the offset again, and go on from there.");
    }

    /// <summary>Bodies are small everywhere else. What this endpoint takes is bounded by what it reads.</summary>
    public static void AllowBody(this HttpContext http, long bytes)
    {
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = bytes;
        }
    }
}
