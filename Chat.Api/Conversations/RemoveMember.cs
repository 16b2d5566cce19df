using System.Security.Claims;
using Chat.Data.Events;
using Chat.ServiceDefaults.Authentication;
using Chat.ServiceDefaults.Problems;
using Microsoft.AspNetCore.Http.HttpResults;
using Npgsql;
using Remove = Chat.Data.Conversations.RemoveMember;

namespace Chat.Api.Conversations;

internal static class RemoveMember
{
    public static async Task<Results<NoContent, NotFound, ProblemHttpResult>> HandleAsync(
        Guid conversationId, Guid userId, ClaimsPrincipal user, NpgsqlDataSource database, EventPublisher events,
        CancellationToken cancellationToken)
    {
        var outcome = await Remove.RunAsync(database, conversationId, user.UserId(), userId, cancellationToken);
        if (outcome is null)
        {
            return TypedResults.NotFound();
        }

        if (outcome.Refusal is { } refusal)
        {
            return refusal.Problem("Owners remove anyone, admins remove members only.", ProblemType.DirectConversation) is { } problem
                ? problem
                : TypedResults.NotFound();
        }

        MembershipEvents.PublishRemoved(events, outcome);
        return TypedResults.NoContent();
    }
}
