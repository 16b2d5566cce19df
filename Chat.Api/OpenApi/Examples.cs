using System.Text.Json;
using Chat.Contracts.Accounts;
using Chat.Contracts.Conversations;
using Chat.Contracts.Messages;
using Chat.Contracts.Operations;
using Chat.Contracts.ReadState;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Chat.Api.OpenApi;

/// <summary>A plausible body for each kind of request, as the description shows it.</summary>
internal static class Examples
{
    private static readonly Guid Ada = Guid.Parse("01a1fc98-07cd-7aa6-a8ea-f343fc842706");
    private static readonly Guid Charles = Guid.Parse("01a1fc98-1b02-7c55-9d0e-6b1f0a3c2e44");
    private static readonly Guid Engine = Guid.Parse("01a1fc9a-2f10-7d31-8c77-0e5d9b6a4f21");
    private static readonly Guid ClientId = Guid.Parse("7f6f5a0e-3a52-4b87-9d5b-0c5f0e6b9a11");
    private static readonly DateTimeOffset Noon = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);

    private static readonly Dictionary<Type, object> All = new object[]
    {
        new RegisterRequest("ada", "seven apples under a tree", "Ada Lovelace"),
        new LoginRequest("ada", "seven apples under a tree"),
        new RefreshRequest("lVmWAOjpggxFbEjV-ZLfNVq0G8Bp1TJVTV1ShPnU0axQPWwI-GzRq45a7uNF_WTk"),
        new ChangeProfileRequest("Ada, Countess of Lovelace"),
        new DeleteAccountRequest("seven apples under a tree"),
        new SuspendRequest("Sends advertisements to strangers, after two warnings."),
        new UserProfile(Ada, "ada", "Ada Lovelace"),
        new CreateConversationRequest(ConversationKind.Group, [Charles], "The Analytical Engine"),
        new AddMembersRequest([Charles]),
        new ChangeConversationRequest("The Difference Engine", "It tabulates. Nothing more."),
        new ChangeRoleRequest(MemberRole.Admin),
        new MuteRequest(Noon.AddDays(1)),
        new CreateInviteRequest(Noon.AddDays(3), UsesMax: 10),
        new MoveCursorRequest(12),
        new SendMessageRequest(ClientId, "It can do whatever we know **how to order it** to perform."),
        new SendPollRequest(ClientId, "Which one first?", ["The mill", "The store"], Multiple: false, Anonymous: false, Noon.AddDays(1)),
        new VoteRequest([1]),
        new AddOptionRequest("Both at once"),
        new EditMessageRequest("It can do whatever we know how to order it to perform. **No more.**"),
        new Message(
            Engine, Seq: 12, Rev: 17, Ada, ClientId, MessageKind.Text, "It can do whatever we know **how to order it** to perform.", Noon,
            Reactions: [new ReactionSummary("👍", 2, ["Charles Babbage", "Ada Lovelace"])]),
    }.ToDictionary(example => example.GetType());

    public static Task AddAsync(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellationToken)
    {
        if (context.JsonPropertyInfo is null && All.TryGetValue(context.JsonTypeInfo.Type, out var example))
        {
            schema.Examples = [JsonSerializer.SerializeToNode(example, context.JsonTypeInfo)!];
        }

        return Task.CompletedTask;
    }
}
