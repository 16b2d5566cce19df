using System.Security.Claims;
using Chat.Contracts.Conversations;
using Chat.Data.Conversations;
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
        switch (outcome)
        {
            case null or { WasMember: false }:
                return TypedResults.NotFound();
            case { Kind: ConversationKind.Direct }:
                return Problems.Of(ProblemType.DirectConversation);
            case { Rev: 0 }:
                return Problems.Of(ProblemType.Forbidden, "Owners remove anyone, admins remove members only.");
        }

        var conversation = await ReadConversations.SharedAsync(database, conversationId, CancellationToken.None);
        MembershipEvents.PublishRemoved(events, conversation, userId, outcome.Rev, outcome.MembershipVersion);
        return TypedResults.NoContent();
    }
}
