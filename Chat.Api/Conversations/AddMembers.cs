using System.Security.Claims;
using Chat.Contracts.Conversations;
using Chat.Data.Conversations;
using Chat.Data.Events;
using Chat.ServiceDefaults.Authentication;
using Chat.ServiceDefaults.Problems;
using Microsoft.AspNetCore.Http.HttpResults;
using Npgsql;
using Add = Chat.Data.Conversations.AddMembers;

namespace Chat.Api.Conversations;

internal static class AddMembers
{
    public static async Task<Results<Ok<MembersAdded>, NotFound, ValidationProblem, ProblemHttpResult>> HandleAsync(
        Guid conversationId, AddMembersRequest request, ClaimsPrincipal user, NpgsqlDataSource database, EventPublisher events,
        CancellationToken cancellationToken)
    {
        var outcome = await Add.RunAsync(
            database, conversationId, user.UserId(), [.. request.UserIds.Distinct()], cancellationToken);
        switch (outcome)
        {
            case null:
                return TypedResults.NotFound();
            case { Kind: ConversationKind.Direct }:
                return Problems.Of(ProblemType.DirectConversation);
            case { Role: MemberRole.Member }:
                return Problems.Of(ProblemType.Forbidden, "Only owners and admins add people.");
            case { Unknown.Count: > 0 }:
                return UnknownPeople.In("userIds", outcome.Unknown);
            case { Full: true }:
                return Problems.Of(ProblemType.ConversationFull, $"There may be {ConversationLimits.MembersMax} members at most.");
        }

        if (outcome.Rev > 0)
        {
            var conversation = await ReadConversations.SharedAsync(database, conversationId, CancellationToken.None);
            MembershipEvents.PublishAdded(events, conversation, outcome.Joined, outcome.Rev, outcome.MembershipVersion);
        }

        return TypedResults.Ok(new MembersAdded(outcome.Joined, outcome.MembershipVersion));
    }
}
