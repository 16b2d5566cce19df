using System.Security.Claims;
using Chat.Contracts.Conversations;
using Chat.Data.Conversations;
using Chat.Data.Events;
using Chat.ServiceDefaults.Authentication;
using Microsoft.AspNetCore.Http.HttpResults;
using Npgsql;

namespace Chat.Api.Conversations;

internal static class ChangeConversation
{
    public static async Task<Results<Ok<Conversation>, NotFound, ValidationProblem, ProblemHttpResult>> HandleAsync(
        Guid conversationId, ChangeConversationRequest request, ClaimsPrincipal user, NpgsqlDataSource database, EventPublisher events,
        CancellationToken cancellationToken)
    {
        var outcome = await ChangeDetails.RunAsync(
            database, conversationId, user.UserId(), request.Title, request.Description, request.RemoveDescription, request.PictureId,
            request.RemovePicture, cancellationToken);
        switch (outcome)
        {
            case null or { Conversation: null }:
                return TypedResults.NotFound();
            case { Refusal: { } refusal }:
                return refusal.Problem("Only owners and admins change what it is called.")!;
        }

        outcome.Publish(events, ConversationEvents.Changed);
        return TypedResults.Ok(outcome.Conversation);
    }
}
