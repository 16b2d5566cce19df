using System.Text.Json;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;

namespace Chat.ServiceDefaults.Problems;

/// <summary>A request that the framework could not read: says where it went wrong, without repeating what was sent.</summary>
internal sealed class BadRequests(IProblemDetailsService problems) : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (exception is not BadHttpRequestException bad)
        {
            return false;
        }

        var type = bad.StatusCode == StatusCodes.Status400BadRequest ? ProblemType.MalformedRequest : ProblemType.Of(bad.StatusCode);
        var problem = Problems.Details(type, Describe(bad));
        return await problems.TryWriteAsync(new ProblemDetailsContext { HttpContext = httpContext, ProblemDetails = problem });
    }

    private static string? Describe(BadHttpRequestException bad) => bad switch
    {
        { InnerException: JsonException json } => Describe(json),
        { StatusCode: StatusCodes.Status400BadRequest } => "The body or a parameter is missing or has the wrong type.",
        _ => null,
    };

    private static string Describe(JsonException json)
    {
        const string Missing = "missing required properties";
        return json.Message.IndexOf(Missing, StringComparison.Ordinal) is >= 0 and var at
            ? $"The JSON is {json.Message[at..]}"
            : $"The JSON cannot be read at {json.Path ?? "$"}, line {(json.LineNumber ?? 0) + 1}, byte {(json.BytePositionInLine ?? 0) + 1}.";
    }
}
