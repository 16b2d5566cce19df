using Chat.Api.Admin;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Chat.Api.OpenApi;

/// <summary>What the description at <c>/openapi/v1.json</c> says of all endpoints alike.</summary>
internal static class ApiDescriptionExtensions
{
    private const string Bearer = "bearer";
    private const string OperatorKey = "operatorKey";

    public static void AddApiDescription(this WebApplicationBuilder builder) => builder.Services.AddOpenApi(options =>
    {
        options.AddDocumentTransformer(Describe);
        options.AddOperationTransformer(DescribeAsync);
        options.AddSchemaTransformer(Examples.AddAsync);
    });

    private static Task Describe(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        document.Info.Title = "Chat";
        document.Info.Description = "Failures are application/problem+json with a stable `type`, each explained in docs/errors.md."
            + " Ids are UUIDs, times RFC 3339 in UTC, lists `{items, next}` with an opaque `next`.";
        document.Components ??= new OpenApiComponents();
        document.Components.Schemas ??= new Dictionary<string, IOpenApiSchema>();
        document.Components.Schemas.Remove("HttpValidationProblemDetails");
        document.Components.Schemas[ProblemSchema.Name] = ProblemSchema.Create();
        document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
        {
            [Bearer] = new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.Http,
                Scheme = "bearer",
                Description = "The access token of a sign-in or refresh; lives ten minutes.",
            },
            [OperatorKey] = new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.ApiKey,
                In = ParameterLocation.Header,
                Name = OperatorAuthentication.Header,
                Description = "The installation's operator key.",
            },
        };
        return Task.CompletedTask;
    }

    private static Task DescribeAsync(
        OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        operation.Responses ??= [];
        operation.Responses.TryAdd("503", new OpenApiResponse { Description = "Try again after the seconds that Retry-After names." });
        operation.Responses.TryAdd("429", new OpenApiResponse { Description = "Too many requests: try again after the seconds that Retry-After names." });
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        if (!metadata.OfType<IAllowAnonymous>().Any())
        {
            operation.Responses.TryAdd("401", new OpenApiResponse { Description = "No valid access token." });
            operation.Security = [Requirement(Bearer, context.Document)];
            if (metadata.OfType<IAuthorizeData>().Any(a => a.Policy == OperatorExtensions.Policy))
            {
                operation.Security.Add(Requirement(OperatorKey, context.Document));
            }
        }

        // All of them, also a bare NotFound of a handler's, are completed by ProblemWriter.
        foreach (var response in operation.Responses.Where(r => r.Key[0] is '4' or '5').Select(r => r.Value).OfType<OpenApiResponse>())
        {
            response.Content = new Dictionary<string, OpenApiMediaType>
            {
                ["application/problem+json"] = new() { Schema = new OpenApiSchemaReference(ProblemSchema.Name, context.Document) },
            };
        }

        return Task.CompletedTask;
    }

    private static OpenApiSecurityRequirement Requirement(string scheme, OpenApiDocument? document) =>
        new() { [new OpenApiSecuritySchemeReference(scheme, document)] = [] };
}
