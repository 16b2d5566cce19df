using Chat.Api.Reactions;
using Chat.Api.Requests;
using Chat.Contracts.Messages;

namespace Chat.Api.Messages;

/// <summary>Messages, their changes and reactions. To who is no member there are none: 404, as for an unknown or malformed id.</summary>
internal static class MessagesApi
{
    public static void MapMessages(this IEndpointRouteBuilder routes)
    {
        var conversation = routes.MapGroup("/api/conversations/{conversationId:guid}").WithTags("Messages").RequireAuthorization()
            .ProducesProblem(StatusCodes.Status401Unauthorized)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);

        conversation.MapGet("/messages", ListMessages.HandleAsync).WithSummary("A page of the history")
            .WithDescription("The latest messages, or those just before or after a seq; always in the order of seq.");
        conversation.MapPost("/messages", SendMessage.HandleAsync).WithSummary("Send a message")
            .WithDescription("Sending it again with the same clientId stores nothing more and answers with the message as it is now.")
            .WithValidBody<SendMessageRequest>();
        conversation.MapGet("/messages/{seq:long}", GetMessage.HandleAsync).WithSummary("A message");
        conversation.MapGet("/changes", ListChanges.HandleAsync).WithSummary("What has changed since a token")
            .WithDescription("Each new or changed message once, in its present state. 410: load the conversation anew.")
            .ProducesProblem(StatusCodes.Status410Gone);

        var reaction = conversation.MapGroup("/messages/{seq:long}/reactions/{emoji}").WithTags("Reactions");
        reaction.MapPut("/", PutReaction.HandleAsync).WithSummary("React with an emoji")
            .WithDescription("Counted, and told to the members, a moment later. At most 20 a user and message.")
            .ProducesProblem(StatusCodes.Status409Conflict);
        reaction.MapDelete("/", DeleteReaction.HandleAsync).WithSummary("Take a reaction back");
    }
}
