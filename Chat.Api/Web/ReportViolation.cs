using System.Diagnostics.Metrics;
using System.Text.Json;
using Chat.ServiceDefaults.Problems;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Chat.Api.Web;

/// <summary>
/// Browsers say here what the page was not allowed to do (CSP3, section 5.3): a defect of ours, an extension, or an attack. Only the directive
/// is counted; addresses in a report may be anybody's.
/// </summary>
internal static class ReportViolation
{
    public const string Path = "/api/client/violations";
    public const int MaxBodyBytes = 16 * 1024;

    private static readonly string[] Directives =
    [
        "default-src", "script-src", "script-src-elem", "script-src-attr", "style-src", "style-src-elem", "style-src-attr", "img-src", "media-src",
        "connect-src", "font-src", "manifest-src", "worker-src", "base-uri", "form-action", "frame-ancestors",
    ];

    private static readonly Counter<long> Violations = new Meter("Chat.Web").CreateCounter<long>(
        "chat.web.violations", description: "What browsers kept the page from, by directive of its policy.");

    public static async Task<Results<NoContent, ProblemHttpResult>> HandleAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        try
        {
            using var report = await JsonDocument.ParseAsync(request.Body, cancellationToken: cancellationToken);
            Violations.Add(1, new KeyValuePair<string, object?>("directive", DirectiveOf(report.RootElement)));
            return TypedResults.NoContent();
        }
        catch (JsonException)
        {
            return Problems.Of(ProblemType.MalformedRequest, "A report is JSON.");
        }
    }

    private static string DirectiveOf(JsonElement report) =>
        report.ValueKind == JsonValueKind.Object && report.TryGetProperty("csp-report", out var body)
        && body.ValueKind == JsonValueKind.Object && body.TryGetProperty("effective-directive", out var directive)
        && directive.ValueKind == JsonValueKind.String && Directives.Contains(directive.GetString())
            ? directive.GetString()!
            : "other";
}
