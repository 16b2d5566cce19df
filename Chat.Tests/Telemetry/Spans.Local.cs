using System.Net.Http.Json;
using System.Text.Json;
using Aspire.Hosting.Testing;
using Chat.Tests.Support;

namespace Chat.Tests.Telemetry;

internal sealed record TracedSpan(string TraceId, string Name, string Scope, Dictionary<string, string> Attributes, string[] LinkedTraces);

/// <summary>What the dashboard has received, in OTLP's JSON form: resourceSpans → scopeSpans → spans.</summary>
internal static class Spans
{
    public static HttpClient Dashboard(ChatApplication chat) => new() { BaseAddress = chat.App.GetEndpoint("aspire-dashboard", "http") };

    public static async Task<IReadOnlyList<TracedSpan>> ReadAsync(ChatApplication chat)
    {
        using var dashboard = Dashboard(chat);
        var answer = await dashboard.GetFromJsonAsync<JsonElement>("/api/telemetry/spans?limit=5000");
        return
        [
            .. from resource in answer.GetProperty("data").GetProperty("resourceSpans").EnumerateArray()
               from scope in resource.GetProperty("scopeSpans").EnumerateArray()
               from span in scope.GetProperty("spans").EnumerateArray()
               select new TracedSpan(
                   Text(span, "traceId"), Text(span, "name"), Text(scope.GetProperty("scope"), "name"),
                   List(span, "attributes").ToDictionary(
                       a => Text(a, "key"), a => a.GetProperty("value").EnumerateObject().First().Value.ToString()),
                   [.. List(span, "links").Select(link => Text(link, "traceId"))]),
        ];
    }

    private static string Text(JsonElement of, string name) => of.GetProperty(name).GetString()!;

    private static IEnumerable<JsonElement> List(JsonElement of, string name) =>
        of.TryGetProperty(name, out var list) ? list.EnumerateArray() : [];
}
