using System.Security.Claims;
using Chat.Contracts.Conversations;
using Chat.Data.Conversations;
using Chat.Data.Events;
using Chat.ServiceDefaults.Authentication;
using Chat.ServiceDefaults.Problems;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using Npgsql;
using Join = Chat.Data.Conversations.JoinConversation;

namespace Chat.Api.Conversations;

/// <summary>A channel, or by a link. Who is a member already gets the same answer, and nothing happens.</summary>
internal static class JoinConversation
{
    public static async Task<Results<Ok<Conversation>, NotFound, ProblemHttpResult>> HandleAsync(
        Guid conversationId, ClaimsPrincipal user, NpgsqlDataSource database, IOptions<ConversationOptions> limits, EventPublisher events,
        CancellationToken cancellationToken)
    {
        var outcome = await Join.RunAsync(database, limits.Value, conversationId, user.UserId(), cancellationToken);
        return Answer(outcome, events) is { } answer ? answer : TypedResults.NotFound();
    }

    public static async Task<Results<Ok<Conversation>, NotFound, ProblemHttpResult>> ByInviteAsync(
        string token, ClaimsPrincipal user, NpgsqlDataSource database, IOptions<ConversationOptions> limits, EventPublisher events,
        CancellationToken cancellationToken)
    {
        var outcome = await Join.ByInviteAsync(database, limits.Value, token, user.UserId(), cancellationToken);
        return Answer(outcome, events) is { } answer ? answer : Problems.Of(ProblemType.NotFound, CreateInvite.NotGood);
    }

    private static Results<Ok<Conversation>, NotFound, ProblemHttpResult>? Answer(ConversationOutcome? outcome, EventPublisher events)
    {
        if (outcome is { Refusal: { } refusal })
        {
            return refusal.Problem("")!;
        }

        if (outcome?.Conversation is null)
        {
            return null;
        }

        MembershipEvents.PublishJoined(events, outcome);
        return TypedResults.Ok(outcome.Conversation);
    }
}
