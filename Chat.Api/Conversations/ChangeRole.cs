using System.Security.Claims;
using Chat.Contracts.Conversations;
using Chat.Data.Events;
using Chat.ServiceDefaults.Authentication;
using Microsoft.AspNetCore.Http.HttpResults;
using Npgsql;
using Change = Chat.Data.Conversations.ChangeRole;

namespace Chat.Api.Conversations;

internal static class ChangeRole
{
    public static async Task<Results<NoContent, NotFound, ValidationProblem, ProblemHttpResult>> HandleAsync(
        Guid conversationId, Guid userId, ChangeRoleRequest request, ClaimsPrincipal user, NpgsqlDataSource database, EventPublisher events,
        CancellationToken cancellationToken)
    {
        var outcome = await Change.RunAsync(database, conversationId, user.UserId(), userId, request.Role, cancellationToken);
        if (outcome is null)
        {
            return TypedResults.NotFound();
        }

        if (outcome.Refusal is { } refusal)
        {
            return refusal.Problem("Only owners change roles.") is { } problem ? problem : TypedResults.NotFound();
        }

        outcome.Publish(events, ConversationEvents.Changed);
        if (outcome.OwnRev is { } rev)
        {
            _ = events.PublishControlAsync(new OwnStreamGrew(userId, rev));
        }

        return TypedResults.NoContent();
    }
}
