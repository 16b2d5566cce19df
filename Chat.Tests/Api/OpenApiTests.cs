using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Chat.Tests.Support;

namespace Chat.Tests.Api;

[Collection(ChatCollection.Name)]
public sealed class OpenApiTests(ChatApplication chat)
{
    /// <summary>The calls that need no access token, for the reason that they are the way to one, or come before it, or that a signed link is all they need.</summary>
    private static readonly string[] Open =
    [
        "post /api/auth/register", "post /api/auth/login", "post /api/auth/refresh",
        "options /api/uploads", "get /files/{id}", "head /files/{id}", "get /api/client", "post /api/client/violations",
    ];

    private static readonly string Committed = Path.Combine(Repository.Root, "Chat.Web/openapi.json");

    private static readonly JsonSerializerOptions Written = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    [Fact]
    public async Task Every_call_but_those_that_sign_in_needs_an_access_token()
    {
        var open = (await OperationsAsync()).Where(o => o.Value["security"] is not JsonArray { Count: > 0 }).Select(o => o.Name);

        Assert.Equal(Open.Order(), open.Order());
    }

    [Fact]
    public async Task Every_call_is_described_with_its_answers_and_what_an_outage_looks_like()
    {
        foreach (var (name, operation) in await OperationsAsync())
        {
            var answers = operation["responses"]!.AsObject();
            Assert.True(operation["summary"] is not null, $"{name} has no summary.");
            Assert.Contains(answers, a => a.Key.StartsWith('2'));
            Assert.True(answers.ContainsKey("503"), $"{name} does not say that it may answer 503.");
            Assert.True(Open.Contains(name) || answers.ContainsKey("401"), $"{name} does not say that it may answer 401.");
            Assert.True(!name.Contains('{', StringComparison.Ordinal) || answers.ContainsKey("404"), $"{name} does not say that it may answer 404.");
            Assert.True(operation["requestBody"] is null || (answers.ContainsKey("400") && answers.ContainsKey("413") && answers.ContainsKey("415")),
                $"{name} takes a body and does not say how it refuses one.");
            Assert.All(answers.Where(a => a.Key[0] is '4' or '5'), a => Assert.Equal(
                ["application/problem+json"], (a.Value!["content"] as JsonObject ?? []).Select(c => c.Key)));
        }
    }

    [Fact]
    public async Task Every_field_and_every_parameter_is_explained()
    {
        var document = await DocumentAsync();

        var fields = document["components"]!["schemas"]!.AsObject()
            .SelectMany(schema => (schema.Value!["properties"] as JsonObject ?? []).Select(p => (Name: $"{schema.Key}.{p.Key}", p.Value)));
        var parameters = (await OperationsAsync()).SelectMany(o => (o.Value["parameters"] as JsonArray ?? [])
            .Where(p => (string?)p!["in"] != "path").Select(p => (Name: $"{o.Name} {p!["name"]}", Value: (JsonNode?)p)));

        Assert.Empty(fields.Concat(parameters).Where(f => !IsExplained(f.Value)).Select(f => f.Name));
    }

    [Fact]
    public async Task Every_body_that_a_call_takes_has_an_example()
    {
        var schemas = (await DocumentAsync())["components"]!["schemas"]!;
        var bodies = (await OperationsAsync()).Select(o => o.Value["requestBody"]?["content"]?["application/json"]?["schema"]?["$ref"])
            .Where(reference => reference is not null).Select(reference => ((string)reference!).Split('/')[^1]).Distinct().ToArray();

        Assert.True(bodies.Length >= 6, $"Only {bodies.Length} bodies were found.");
        Assert.All(bodies, body => Assert.True(
            schemas[body]!["examples"] is JsonArray { Count: > 0 } || schemas[body]!["example"] is not null, $"{body} has no example."));
    }

    /// <summary>
    /// The web client's types are made of the committed document, so that a change of the API shows in its type check. To write it anew:
    /// <c>UPDATE_OPENAPI=1 ./test.sh --filter OpenApi</c>, then <c>npm run types</c> in Chat.Web.
    /// </summary>
    [Fact]
    public async Task The_committed_document_is_the_one_that_is_served()
    {
        var document = await DocumentAsync();
        document.AsObject().Remove("servers");
        var served = document.ToJsonString(Written) + "\n";
        if (Environment.GetEnvironmentVariable("UPDATE_OPENAPI") == "1")
        {
            await File.WriteAllTextAsync(Committed, served);
        }

        Assert.Equal(await File.ReadAllTextAsync(Committed), served);
    }

    /// <summary>A field that may be null and is not a plain value stands as one of several, and is explained there.</summary>
    private static bool IsExplained(JsonNode? field) =>
        field?["description"] is not null || (field?["oneOf"] as JsonArray ?? []).Any(choice => choice!["description"] is not null);

    private async Task<List<(string Name, JsonNode Value)>> OperationsAsync() =>
    [
        .. (await DocumentAsync())["paths"]!.AsObject()
            .SelectMany(path => path.Value!.AsObject().Select(operation => ($"{operation.Key} {path.Key}", operation.Value!))),
    ];

    private async Task<JsonNode> DocumentAsync()
    {
        using var anybody = chat.Client();
        return JsonNode.Parse(await anybody.GetStringAsync("/openapi/v1.json"))!;
    }
}
