using System.Text.Json;
using Chat.Contracts;
using Chat.Contracts.Conversations;
using Chat.Contracts.Messages;

namespace Chat.Client;

/// <summary>An event of a conversation's stream: what became of a message, or of the conversation itself.</summary>
/// <param name="Type">As the server calls it.</param>
/// <param name="MembershipVersion">The conversation's, as of the event.</param>
public sealed record ConversationEvent(
    string Type, Guid ConversationId, long Rev, long MembershipVersion, Message? Message, Conversation? Conversation)
{
    /// <summary>A kind that this client does not know has changed something all the same: it asks what.</summary>
    public bool IsUnderstood => Message is not null || Conversation is not null;

    /// <summary>Null where it is no event of a conversation's stream, but of the user.</summary>
    public static ConversationEvent? Read(JsonElement json) => !json.TryGetProperty("rev", out var rev) || !json.TryGetProperty("conversationId", out var id)
        ? null
        : new ConversationEvent(
            json.GetProperty("type").GetString()!, id.GetGuid(), rev.GetInt64(),
            json.TryGetProperty("membershipVersion", out var version) ? version.GetInt64() : 0,
            json.TryGetProperty("message", out var message) ? message.Deserialize(ContractsJson.Default.Message) : null,
            json.TryGetProperty("conversation", out var conversation) ? conversation.Deserialize(ContractsJson.Default.Conversation) : null);
}
