using Chat.Api.Requests;
using Chat.Contracts.Conversations;
using Chat.Data.Conversations;

namespace Chat.Api.Conversations;

/// <summary>Conversations and their members. To who is no member a conversation does not exist: 404, as for an unknown or malformed id.</summary>
internal static class ConversationsApi
{
    public static void AddConversations(this WebApplicationBuilder builder) => builder.Services.AddOptions<ConversationOptions>()
        .BindConfiguration("Conversations").ValidateDataAnnotations().ValidateOnStart();

    public static void MapConversations(this IEndpointRouteBuilder routes)
    {
        var conversations = routes.MapGroup("/conversations").WithTags("Conversations");

        conversations.MapGet("", ListConversations.HandleAsync).WithSummary("My conversations, the latest active first");
        conversations.MapPost("", CreateConversation.HandleAsync).WithSummary("Create a direct conversation, a group or a channel")
            .WithValidBody<CreateConversationRequest>()
            .ProducesProblem(StatusCodes.Status403Forbidden).ProducesProblem(StatusCodes.Status409Conflict);

        routes.MapGet("/channels", ListChannels.HandleAsync).WithTags("Conversations")
            .WithSummary("Channels whose title begins with a text, in the order of their titles");
        routes.MapGet("/changes", ListOwnChanges.HandleAsync).WithTags("Conversations").WithSummary("What has changed that is mine alone")
            .WithDescription("Conversations joined and left, my reactions, what I hid: each once, as it is now. 410: load the conversations anew.")
            .ProducesProblem(StatusCodes.Status410Gone);

        var conversation = conversations.MapGroup("/{conversationId:guid}");
        MapConversation(conversation);
        MapMembers(conversation.MapGroup("/members"));
        MapInvites(conversation.MapGroup("/invites"), routes.MapGroup("/invites/{token}").WithTags("Conversations"));
    }

    private static void MapConversation(RouteGroupBuilder conversation)
    {
        conversation.MapGet("", GetConversation.HandleAsync).WithSummary("A conversation");
        conversation.MapPatch("", ChangeConversation.HandleAsync).WithSummary("Change title, description and picture")
            .WithDescription("For owners and admins of groups and channels.")
            .WithValidBody<ChangeConversationRequest>().ProducesProblem(StatusCodes.Status422UnprocessableEntity)
            .ProducesProblem(StatusCodes.Status403Forbidden).ProducesProblem(StatusCodes.Status409Conflict);
        conversation.MapDelete("", DeleteConversation.HandleAsync).WithSummary("Delete it for everyone: all leave")
            .WithDescription("For owners.")
            .ProducesProblem(StatusCodes.Status403Forbidden).ProducesProblem(StatusCodes.Status409Conflict);
        conversation.MapPost("/join", JoinConversation.HandleAsync).WithSummary("Join a channel")
            .ProducesProblem(StatusCodes.Status409Conflict);
        conversation.MapPut("/mute", MembershipSettings.MuteAsync).WithSummary("Mute it for me, until a time or for good")
            .WithValidBody<MuteRequest>();
        conversation.MapDelete("/mute", MembershipSettings.UnmuteAsync).WithSummary("Unmute it");
        conversation.MapPut("/archive", MembershipSettings.ArchiveAsync).WithSummary("Put it away for me")
            .WithDescription("It is in no list that does not ask for it. The next message brings it back, unless it is muted.");
        conversation.MapDelete("/archive", MembershipSettings.UnarchiveAsync).WithSummary("Put it back");
    }

    private static void MapMembers(RouteGroupBuilder members)
    {
        members.MapGet("", ListMembers.HandleAsync).WithSummary("Its members");
        members.MapPost("", AddMembers.HandleAsync).WithSummary("Add people").WithDescription("For owners and admins.")
            .WithValidBody<AddMembersRequest>()
            .ProducesProblem(StatusCodes.Status403Forbidden).ProducesProblem(StatusCodes.Status409Conflict);
        members.MapPatch("/{userId:guid}", ChangeRole.HandleAsync).WithSummary("Give a member another role").WithDescription("For owners.")
            .WithValidBody<ChangeRoleRequest>()
            .ProducesProblem(StatusCodes.Status403Forbidden).ProducesProblem(StatusCodes.Status409Conflict);
        members.MapDelete("/{userId:guid}", RemoveMember.HandleAsync).WithSummary("Remove somebody, or leave")
            .WithDescription("Owners remove anyone, admins remove members, everyone may leave; the last owner hands over first, unless alone.")
            .ProducesProblem(StatusCodes.Status403Forbidden).ProducesProblem(StatusCodes.Status409Conflict);
    }

    private static void MapInvites(RouteGroupBuilder invites, RouteGroupBuilder invite)
    {
        invites.MapGet("", ListInvites.HandleAsync).WithSummary("The links that people can join by").WithDescription("For owners and admins.")
            .ProducesProblem(StatusCodes.Status403Forbidden).ProducesProblem(StatusCodes.Status409Conflict);
        invites.MapPost("", CreateInvite.HandleAsync).WithSummary("Make a link to join by")
            .WithDescription("For owners and admins. The token is in this answer and nowhere else.")
            .WithValidBody<CreateInviteRequest>()
            .ProducesProblem(StatusCodes.Status403Forbidden).ProducesProblem(StatusCodes.Status409Conflict);
        invites.MapDelete("/{inviteId:guid}", RevokeInvite.HandleAsync).WithSummary("Revoke a link")
            .ProducesProblem(StatusCodes.Status403Forbidden).ProducesProblem(StatusCodes.Status409Conflict);

        invite.MapGet("", PreviewInvite.HandleAsync).WithSummary("What a link leads to");
        invite.MapPost("", JoinConversation.ByInviteAsync).WithSummary("Join by a link").ProducesProblem(StatusCodes.Status409Conflict);
    }
}
