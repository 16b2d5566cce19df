using System.Security.Claims;
using Chat.Data.Events;
using Chat.ServiceDefaults.Authentication;
using Microsoft.AspNetCore.Http.HttpResults;
using Npgsql;
using Delete = Chat.Data.Conversations.DeleteConversation;

namespace Chat.Api.Conversations;

internal static class DeleteConversation
{
    public static async Task<Results<NoContent, NotFound, ProblemHttpResult>> HandleAsync(
        Guid conversationId, ClaimsPrincipal user, NpgsqlDataSource database, EventPublisher events, CancellationToken cancellationToken)
    {
        var outcome = await Delete.RunAsync(database, conversationId, user.UserId(), cancellationToken);
        if (outcome is null)
        {
            return TypedResults.NotFound();
        }

        if (outcome.Refusal is { } refusal)
        {
            return refusal.Problem("Only owners delete it.")!;
        }

        _ = MembershipEvents.PublishEndedAsync(events, outcome);
        return TypedResults.NoContent();
    }
}
