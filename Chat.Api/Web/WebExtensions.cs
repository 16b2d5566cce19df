using Chat.Api.Limits;

namespace Chat.Api.Web;

/// <summary>The web client: its files, and what it asks before anything else.</summary>
internal static class WebExtensions
{
    public static void AddWebClient(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<WebOptions>().BindConfiguration(WebOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddSingleton<WebAssets>();
        builder.Services.AddSingleton<WebHeaders>();
    }

    /// <summary>To stand before authentication: the files are the same for everybody, and counted in no limit.</summary>
    public static void UseWebClient(this WebApplication app) => app.UseMiddleware<WebClient>();

    public static void MapClient(this IEndpointRouteBuilder routes)
    {
        var client = routes.MapGroup("/client").WithTags("Client").AllowAnonymous();
        client.MapGet("", GetClient.Handle).WithSummary("What a client must know before anybody signs in");
        client.MapPost("/violations", ReportViolation.HandleAsync).WithSummary("Take a browser's report of a violated content security policy")
            .WithDescription("Sent by browsers themselves, as application/csp-report. Only the directive is counted.")
            .LimitedBy(LimitPolicy.Anonymous).WithBodyLimit(ReportViolation.MaxBodyBytes)
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status413PayloadTooLarge);
    }
}
