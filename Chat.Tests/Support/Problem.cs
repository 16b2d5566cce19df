using System.Net;
using System.Text.Json;

namespace Chat.Tests.Support;

/// <summary>A failure as a client reads it.</summary>
internal sealed record Problem(
    string Type, string Title, int Status, string TraceId, string? Detail = null, Dictionary<string, string[]>? Errors = null)
{
    private const string Prefix = "urn:chat:problem:";

    /// <summary>Asserts the shape that all failures have, and returns it.</summary>
    public static async Task<Problem> ReadAsync(HttpResponseMessage answer)
    {
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        var problem = JsonSerializer.Deserialize<Problem>(await answer.Content.ReadAsStringAsync(), JsonSerializerOptions.Web)!;
        Assert.StartsWith(Prefix, problem.Type, StringComparison.Ordinal);
        Assert.Equal((int)answer.StatusCode, problem.Status);
        Assert.NotEmpty(problem.Title);
        Assert.Matches("^[0-9a-f]{32}$", problem.TraceId);
        return problem;
    }

    /// <summary>Asserts also which it is.</summary>
    public static async Task<Problem> ReadAsync(HttpResponseMessage answer, HttpStatusCode status, string type)
    {
        Assert.Equal(status, answer.StatusCode);
        var problem = await ReadAsync(answer);
        Assert.Equal(Prefix + type, problem.Type);
        return problem;
    }
}
