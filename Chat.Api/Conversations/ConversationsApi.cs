using Chat.Api.Requests;
using Chat.Contracts.Conversations;

namespace Chat.Api.Conversations;

/// <summary>Conversations and their members. To who is no member a conversation does not exist: 404, as for an unknown or malformed id.</summary>
internal static class ConversationsApi
{
    public static void MapConversations(this IEndpointRouteBuilder routes)
    {
        var conversations = routes.MapGroup("/conversations").WithTags("Conversations");

        conversations.MapGet("", ListConversations.HandleAsync).WithSummary("My conversations, the latest active first")
            .WithDescription("All, or those that may have changed since a list. 410: load them anew.").ProducesProblem(StatusCodes.Status410Gone);
        conversations.MapPost("", CreateConversation.HandleAsync).WithSummary("Create a direct conversation or a group")
            .WithValidBody<CreateConversationRequest>();
        conversations.MapGet("/{conversationId:guid}", GetConversation.HandleAsync).WithSummary("A conversation");

        routes.MapGet("/changes", ListOwnChanges.HandleAsync).WithTags("Conversations").WithSummary("What has changed that is mine alone")
            .WithDescription("Conversations joined and left, my reactions, what I hid: each once, as it is now. 410: load the conversations anew.")
            .ProducesProblem(StatusCodes.Status410Gone);

        var members = conversations.MapGroup("/{conversationId:guid}/members");
        members.MapGet("", ListMembers.HandleAsync).WithSummary("Its members");
        members.MapPost("", AddMembers.HandleAsync).WithSummary("Add people").WithDescription("For owners and admins.")
            .WithValidBody<AddMembersRequest>()
            .ProducesProblem(StatusCodes.Status403Forbidden).ProducesProblem(StatusCodes.Status409Conflict);
        members.MapDelete("/{userId:guid}", RemoveMember.HandleAsync).WithSummary("Remove somebody, or leave")
            .WithDescription("Owners remove anyone, admins remove members, everyone may leave. The last owner's place goes to the longest-standing admin or member.")
            .ProducesProblem(StatusCodes.Status403Forbidden).ProducesProblem(StatusCodes.Status409Conflict);
    }
}
