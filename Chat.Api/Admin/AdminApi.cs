namespace Chat.Api.Admin;

/// <summary>What operators may see. Everything here needs the operator key.</summary>
internal static class AdminApi
{
    public static void MapAdmin(this IEndpointRouteBuilder routes)
    {
        var admin = routes.MapGroup("/api/admin").WithTags("Operations")
            .AddEndpointFilter<OperatorKeyFilter>()
            .ProducesProblem(StatusCodes.Status401Unauthorized)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);

        admin.MapGet("/status", GetStatus.HandleAsync).WithSummary("The state of the installation");
        admin.MapGet("/database/statements", ListStatements.HandleAsync).WithSummary("The costliest database statements")
            .ProducesValidationProblem();
    }
}
