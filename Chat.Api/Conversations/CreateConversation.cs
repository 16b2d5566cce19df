using System.Security.Claims;
using Chat.Contracts.Conversations;
using Chat.Data.Conversations;
using Chat.Data.Events;
using Chat.ServiceDefaults.Authentication;
using Chat.ServiceDefaults.Problems;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using Npgsql;
using Create = Chat.Data.Conversations.CreateConversation;

namespace Chat.Api.Conversations;

/// <summary>Answers 201 with a new conversation, or 200 with the direct one that the two have already.</summary>
internal static class CreateConversation
{
    public static async Task<Results<Created<Conversation>, Ok<Conversation>, ValidationProblem, ProblemHttpResult>> HandleAsync(
        CreateConversationRequest request, ClaimsPrincipal user, NpgsqlDataSource database, IOptions<ConversationOptions> limits,
        EventPublisher events, CancellationToken cancellationToken)
    {
        var others = request.MemberIds.Where(id => id != user.UserId()).Distinct().ToArray();
        if (Refuse(request, others) is { } refusal)
        {
            return refusal;
        }

        Guid[] people = [user.UserId(), .. others];
        var (conversation, created, unknown) = await Create.RunAsync(
            database, limits.Value, Guid.CreateVersion7(), request.Kind, request.Title, user.UserId(), people, cancellationToken);
        if (unknown.Count > 0)
        {
            return UnknownPeople.In("memberIds", unknown);
        }

        if (conversation is null)
        {
            return request.Kind == ConversationKind.Direct
                ? Problems.Of(ProblemType.Blocked)
                : Problems.Of(ProblemType.TooManyConversations, "They leave one first.");
        }

        if (created)
        {
            MembershipEvents.PublishCreated(events, conversation.Id, people);
        }

        return created ? TypedResults.Created($"/api/conversations/{conversation.Id}", conversation) : TypedResults.Ok(conversation);
    }

    private static ValidationProblem? Refuse(CreateConversationRequest request, Guid[] others) => request switch
    {
        { Kind: ConversationKind.Direct, Title: not null } => Problems.Invalid("title", "A direct conversation has none."),
        { Kind: ConversationKind.Direct } when others.Length != 1 => Problems.Invalid("memberIds", "Must name one other person."),
        { Kind: not ConversationKind.Direct, Title: null } => Problems.Invalid("title", "A group or channel needs one."),
        _ => null,
    };
}
