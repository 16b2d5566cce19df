using System.Buffers;
using System.Text;

namespace Chat.Api.Requests;

/// <summary>
/// An answer of any length, one JSON value a line (NDJSON), written while it is read: what waits to be sent is bounded by the client's own
/// pace. When a later part cannot be had the connection is cut, which a client can tell from the end.
/// </summary>
internal sealed class JsonLines(IAsyncEnumerable<string> lines, string fileName) : IResult
{
    public const string MediaType = "application/x-ndjson";

    private const int FlushBytes = 32 * 1024;

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var (response, aborted) = (httpContext.Response, httpContext.RequestAborted);
        await foreach (var line in lines.WithCancellation(aborted))
        {
            // Only now: a failure before the first line is answered by a problem, as others are.
            if (!response.HasStarted && response.ContentType is null)
            {
                response.ContentType = MediaType;
                response.Headers.ContentDisposition = $"attachment; filename=\"{fileName}\"";
                response.Headers.CacheControl = "no-store";
            }

            Encoding.UTF8.GetBytes(line, response.BodyWriter);
            response.BodyWriter.Write("\n"u8);
            if (response.BodyWriter.UnflushedBytes > FlushBytes)
            {
                await response.BodyWriter.FlushAsync(aborted);
            }
        }

        response.ContentType ??= MediaType;
        await response.BodyWriter.FlushAsync(aborted);
    }
}
