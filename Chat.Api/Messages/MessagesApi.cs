using Chat.Api.Files;
using Chat.Api.Limits;
using Chat.Api.Polls;
using Chat.Api.Reactions;
using Chat.Api.Requests;
using Chat.Contracts.Messages;

namespace Chat.Api.Messages;

/// <summary>Messages, their changes and pins, reactions and polls. To who is no member there are none: 404, as for an unknown or malformed id.</summary>
internal static class MessagesApi
{
    public static void MapMessages(this IEndpointRouteBuilder routes)
    {
        var conversation = routes.MapGroup("/conversations/{conversationId:guid}").WithTags("Messages")
            .AddEndpointFilter<FileLinksFilter>();

        conversation.MapGet("/messages", ListMessages.HandleAsync).WithSummary("A page of the history")
            .WithDescription("The latest messages, or those just before, after or around a seq; always in the order of seq.");
        conversation.MapPost("/messages", SendMessage.HandleAsync).LimitedBy(LimitPolicy.Sends).WithSummary("Send a message")
            .WithDescription("Sending it again with the same clientId stores nothing more and answers with the message as it is now.")
            .WithValidBody<SendMessageRequest>().ProducesProblem(StatusCodes.Status422UnprocessableEntity);
        conversation.MapGet("/changes", ListChanges.HandleAsync).WithSummary("What has changed since a token")
            .WithDescription("Each new or changed message once, in its present state. 410: load the conversation anew.")
            .ProducesProblem(StatusCodes.Status410Gone);

        conversation.MapGet("/files", ListFiles.HandleAsync).WithSummary("The files of a conversation, the latest first");
        conversation.MapGet("/pins", ListPins.HandleAsync).WithSummary("The pinned messages, the latest pinned first");

        var message = conversation.MapGroup("/messages/{seq:long}");
        message.MapGet("", GetMessage.HandleAsync).WithSummary("A message");
        message.MapPatch("", EditMessage.HandleAsync).WithSummary("Change the text of a message of one's own")
            .WithValidBody<EditMessageRequest>()
            .ProducesProblem(StatusCodes.Status403Forbidden).ProducesProblem(StatusCodes.Status409Conflict);
        message.MapDelete("", DeleteMessage.HandleAsync).WithSummary("Delete a message, for everyone or for oneself")
            .WithDescription("For everyone: by its sender, or an owner or admin; its seq stays, without text. For oneself: by any member.")
            .ProducesProblem(StatusCodes.Status403Forbidden);
        message.MapGet("/history", ListVersions.HandleAsync).WithSummary("What it said before its edits");
        message.MapGet("/thread", ListThread.HandleAsync).WithSummary("A page of the thread under it");
        message.MapPut("/pin", PinMessage.HandleAsync).WithSummary("Pin it").WithDescription("At most 100 in a conversation.")
            .ProducesProblem(StatusCodes.Status409Conflict);
        message.MapDelete("/pin", UnpinMessage.HandleAsync).WithSummary("Unpin it");

        message.MapReactions();
        conversation.MapPolls(message);
    }
}
