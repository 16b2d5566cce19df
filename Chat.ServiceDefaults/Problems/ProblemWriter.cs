using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;

namespace Chat.ServiceDefaults.Problems;

/// <summary>
/// Writes every failure in one shape: title, status, detail, a stable <c>type</c>, <c>traceId</c>, and <c>errors</c> where fields are
/// wrong. Whatever the request accepts: a body that is not understood is better than none.
/// </summary>
internal sealed class ProblemWriter(IOptions<JsonOptions> json) : IProblemDetailsWriter
{
    private const string Prefix = "urn:chat:problem:";

    public bool CanWrite(ProblemDetailsContext context) => true;

    public async ValueTask WriteAsync(ProblemDetailsContext context)
    {
        var (http, problem) = (context.HttpContext, context.ProblemDetails);
        problem.Status ??= http.Response.StatusCode;
        if (problem.Type?.StartsWith(Prefix, StringComparison.Ordinal) != true)
        {
            var type = ProblemType.Of(problem.Status.Value);
            (problem.Type, problem.Title) = (type.Uri, type.Title);
        }

        problem.Extensions["traceId"] = Activity.Current?.TraceId.ToString() ?? http.TraceIdentifier;
        http.Response.StatusCode = problem.Status.Value;
        if (problem.Status == StatusCodes.Status503ServiceUnavailable && http.Response.Headers.RetryAfter.Count == 0)
        {
            http.Response.Headers.RetryAfter = "1";
        }

        await http.Response.WriteAsJsonAsync(
            problem, problem.GetType(), json.Value.SerializerOptions, "application/problem+json", http.RequestAborted);
    }
}
