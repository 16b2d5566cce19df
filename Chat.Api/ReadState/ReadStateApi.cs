using Chat.Api.Requests;
using Chat.Contracts.ReadState;

namespace Chat.Api.ReadState;

/// <summary>How far everybody is. To who is no member there is nothing: 404, as for an unknown or malformed id.</summary>
internal static class ReadStateApi
{
    public static void MapReadState(this IEndpointRouteBuilder routes)
    {
        var conversations = routes.MapGroup("/conversations").WithTags("Read state");
        conversations.MapPut("/read", MarkAllRead.HandleAsync).WithSummary("I have read everything")
            .WithDescription("In all of my conversations, up to the last message; marks are taken back.");

        var conversation = conversations.MapGroup("/{conversationId:guid}");
        conversation.MapPut("/read", MoveRead.HandleAsync).WithSummary("I have read up to here")
            .WithDescription("Moves my cursor, forward only, and takes back a mark as unread. What is read is delivered. The members are told a moment later.")
            .WithValidBody<MoveCursorRequest>();
        conversation.MapPut("/delivered", MoveDelivered.HandleAsync).WithSummary("My device has got everything up to here")
            .WithDescription("Moves my cursor, forward only. The members are told a moment later.")
            .WithValidBody<MoveCursorRequest>();
        conversation.MapPut("/unread", MarkUnread.HandleAsync).WithSummary("Mark it as unread")
            .WithDescription("For me only, until I read it or send into it. The cursor stays.");
        conversation.MapGet("/cursors", ListCursors.HandleAsync).WithSummary("How far each member is");
        conversation.MapGet("/messages/{seq:long}/reads", ListReaders.HandleAsync).WithSummary("Who has read a message");
    }
}
