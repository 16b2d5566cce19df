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
    private const string ProblemJson = "application/problem+json";

    public static void AddApiDescription(this WebApplicationBuilder builder) => builder.Services.AddOpenApi(options =>
    {
        options.AddDocumentTransformer(Describe);
        options.AddOperationTransformer(DescribeAsync);
    });

    private static Task Describe(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        document.Info.Title = "Chat";
        document.Info.Description = "Failures are application/problem+json with a stable `type`, each explained in docs/errors.md."
            + " Ids are UUIDs, times RFC 3339 in UTC, lists `{items, next}` with an opaque `next`.";
        document.Components ??= new OpenApiComponents();
        document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
        {
            [Bearer] = new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.Http, Scheme = "bearer", Description = "The access token of a sign-in or refresh; lives ten minutes.",
            },
            [OperatorKey] = new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.ApiKey, In = ParameterLocation.Header, Name = OperatorAuthentication.Header,
                Description = "The installation's operator key.",
            },
        };
        return Task.CompletedTask;
    }

    private static async Task DescribeAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        if (!metadata.OfType<IAllowAnonymous>().Any())
        {
            operation.Security = [Requirement(Bearer, context.Document)];
            if (metadata.OfType<IAuthorizeData>().Any(a => a.Policy == OperatorExtensions.Policy))
            {
                operation.Security.Add(Requirement(OperatorKey, context.Document));
            }

            await AddProblemAsync("401", "No valid access token.");
        }

        await AddProblemAsync("503", "Try again after the time that Retry-After names, in seconds.");

        async Task AddProblemAsync(string status, string description)
        {
            operation.Responses ??= [];
            operation.Responses.TryAdd(status, new OpenApiResponse
            {
                Description = description,
                Content = new Dictionary<string, OpenApiMediaType>
                {
                    [ProblemJson] = new() { Schema = await context.GetOrCreateSchemaAsync(typeof(Microsoft.AspNetCore.Mvc.ProblemDetails), cancellationToken: cancellationToken) },
                },
            });
        }
    }

    private static OpenApiSecurityRequirement Requirement(string scheme, OpenApiDocument? document) =>
        new() { [new OpenApiSecuritySchemeReference(scheme, document)] = [] };
}
