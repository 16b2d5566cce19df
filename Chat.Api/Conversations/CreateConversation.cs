using System.Security.Claims;
using Chat.Contracts.Conversations;
using Chat.Data.Conversations;
using Chat.Data.Events;
using Chat.ServiceDefaults.Authentication;
using Chat.ServiceDefaults.Problems;
using Microsoft.AspNetCore.Http.HttpResults;
using Npgsql;
using Create = Chat.Data.Conversations.CreateConversation;

namespace Chat.Api.Conversations;

/// <summary>Answers 201 with a new conversation, or 200 with the direct one that the two have already.</summary>
internal static class CreateConversation
{
    public static async Task<Results<Created<Conversation>, Ok<Conversation>, ValidationProblem>> HandleAsync(
        CreateConversationRequest request, ClaimsPrincipal user, NpgsqlDataSource database, EventPublisher events,
        CancellationToken cancellationToken)
    {
        var others = request.MemberIds.Where(id => id != user.UserId()).Distinct().ToArray();
        if (Refuse(request, others) is { } refusal)
        {
            return refusal;
        }

        Guid[] people = [user.UserId(), .. others];
        var (id, created, unknown) = await Create.RunAsync(
            database, Guid.CreateVersion7(), request.Kind, request.Title, user.UserId(), people, cancellationToken);
        if (unknown.Count > 0)
        {
            return UnknownPeople.In("memberIds", unknown);
        }

        if (created)
        {
            MembershipEvents.PublishCreated(events, id, people);
        }

        // The creator may have been removed already, by another owner's hands or their own: then what all see is the best answer.
        var conversation = await ReadConversations.OneAsync(database, id, user.UserId(), CancellationToken.None)
            ?? await ReadConversations.SharedAsync(database, id, CancellationToken.None);
        return created ? TypedResults.Created($"/api/conversations/{id}", conversation) : TypedResults.Ok(conversation);
    }

    private static ValidationProblem? Refuse(CreateConversationRequest request, Guid[] others) => request switch
    {
        { Kind: ConversationKind.Channel } => Problems.Invalid("kind", "Must be direct or group."),
        { Kind: ConversationKind.Direct, Title: not null } => Problems.Invalid("title", "A direct conversation has none."),
        { Kind: ConversationKind.Direct } when others.Length != 1 => Problems.Invalid("memberIds", "Must name one other person."),
        { Kind: ConversationKind.Group, Title: null } => Problems.Invalid("title", "A group needs one."),
        _ => null,
    };
}
