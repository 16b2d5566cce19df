using System.Text.Json.Nodes;
using Chat.ServiceDefaults.Problems;
using Microsoft.OpenApi;

namespace Chat.Api.OpenApi;

/// <summary>The one shape of every failure, with the types that there are; the framework's own description knows neither.</summary>
internal static class ProblemSchema
{
    public const string Name = "ProblemDetails";

    public static OpenApiSchema Create() => new()
    {
        Type = JsonSchemaType.Object,
        Description = "Why a request failed (RFC 9457).",
        Required = new HashSet<string> { "type", "title", "status", "traceId" },
        Properties = new Dictionary<string, IOpenApiSchema>
        {
            ["type"] = Text("Stable; what a program compares.", [.. ProblemType.All.Select(type => type.Uri)]),
            ["title"] = Text("What is wrong, for people; the same for each occurrence."),
            ["status"] = new OpenApiSchema { Type = JsonSchemaType.Integer, Format = "int32", Description = "The HTTP status." },
            ["detail"] = Text("What this occurrence is about, for people."),
            ["traceId"] = Text("Finds the request in the dashboard."),
            ["errors"] = new OpenApiSchema
            {
                Type = JsonSchemaType.Object,
                Description = "With invalid-request: what is wrong with each field, by its name in the request.",
                AdditionalProperties = new OpenApiSchema { Type = JsonSchemaType.Array, Items = new OpenApiSchema { Type = JsonSchemaType.String } },
            },
        },
    };

    private static OpenApiSchema Text(string description, string[]? values = null) => new()
    {
        Type = JsonSchemaType.String,
        Description = description,
        Enum = values?.Select(value => (JsonNode)value).ToList(),
    };
}
