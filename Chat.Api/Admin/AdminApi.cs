using Chat.Api.Requests;
using Chat.Contracts.Operations;

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
            .WithDescription("Signs the user out everywhere. The last operator keeps the role, unless the key says otherwise.")
            .ProducesProblem(StatusCodes.Status409Conflict);
        admin.MapGet("/files/audit", GetFileAudit.HandleAsync).WithSummary("Whether the files' store and the database agree")
            .WithDescription("As the worker found when it compared them last; 204 before the first time.");
        MapUsers(admin.MapGroup("/users"));
        admin.MapGet("/conversations", ListConversationInfos.HandleAsync).WithSummary("All conversations: how much is done in them")
            .WithDescription("The latest created first. Not who says what, nor what groups are called.");
        admin.MapGet("/audit", ListAudit.HandleAsync).WithSummary("Who did what, the latest first")
            .WithDescription("With `Accept: application/x-ndjson` not a page but all rows, one JSON object a line, as they are read.").DisableRequestTimeout();
    }

    private static void MapUsers(RouteGroupBuilder users)
    {
        users.MapGet("", ListAccounts.HandleAsync).WithSummary("All accounts, by user name");
        users.MapDelete("/{userId:guid}", DeleteUser.HandleAsync).WithSummary("Delete an account")
            .WithDescription("As its owner would. Cannot be undone.").ProducesProblem(StatusCodes.Status409Conflict);
        users.MapDelete("/{userId:guid}/sessions", EndSessionsOfUser.HandleAsync).WithSummary("Sign a user out everywhere");
        users.MapPut("/{userId:guid}/suspension", SuspendUser.HandleAsync).WithSummary("Suspend a user, or give another reason")
            .WithDescription("Signs them out everywhere; they cannot sign in until it is lifted. What they wrote stays.")
            .WithValidBody<SuspendRequest>().ProducesProblem(StatusCodes.Status409Conflict);
        users.MapDelete("/{userId:guid}/suspension", LiftSuspension.HandleAsync).WithSummary("Lift a suspension");
    }
}
