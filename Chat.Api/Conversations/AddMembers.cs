using System.Security.Claims;
using Chat.Contracts.Conversations;
using Chat.Data.Conversations;
using Chat.Data.Events;
using Chat.ServiceDefaults.Authentication;
using Chat.ServiceDefaults.Problems;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using Npgsql;
using Add = Chat.Data.Conversations.AddMembers;

namespace Chat.Api.Conversations;

internal static class AddMembers
{
    public static async Task<Results<Ok<MembersAdded>, NotFound, ValidationProblem, ProblemHttpResult>> HandleAsync(
        Guid conversationId, AddMembersRequest request, ClaimsPrincipal user, NpgsqlDataSource database,
        IOptions<ConversationOptions> limits, EventPublisher events, CancellationToken cancellationToken)
    {
        var outcome = await Add.RunAsync(
            database, limits.Value, conversationId, user.UserId(), [.. request.UserIds.Distinct()], cancellationToken);
        switch (outcome)
        {
            case null or { Conversation: null }:
                return TypedResults.NotFound();
            case { Unknown: { } unknown }:
                return UnknownPeople.In("userIds", unknown);
            case { Refusal: { } refusal }:
                return refusal.Problem("Only owners and admins add people.", ProblemType.DirectConversation)!;
        }

        MembershipEvents.PublishJoined(events, outcome);
        return TypedResults.Ok(new MembersAdded(outcome.People!, outcome.Conversation.MembershipVersion));
    }
}
