namespace Chat.Api.Admin;

/// <summary>What operators may see and do.</summary>
internal static class AdminApi
{
    public static void MapAdmin(this IEndpointRouteBuilder routes)
    {
        var admin = routes.MapGroup("/admin").WithTags("Operations").RequireAuthorization(OperatorExtensions.Policy)
            .ProducesProblem(StatusCodes.Status403Forbidden);

        admin.MapGet("/status", GetStatus.HandleAsync).WithSummary("The state of the installation");
        admin.MapGet("/database/statements", ListStatements.HandleAsync).WithSummary("The costliest database statements");
        admin.MapPut("/operators/{userId:guid}", AppointOperator.HandleAsync).WithSummary("Make a user an operator")
            .WithDescription("The first one is made with the operator key. Takes effect when the user's access token is next refreshed.");
        admin.MapDelete("/operators/{userId:guid}", DismissOperator.HandleAsync).WithSummary("Take the role from an operator")
            .WithDescription("Signs the user out everywhere.");
    }
}
