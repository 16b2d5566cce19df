using System.Text.Json;
using System.Text.Json.Serialization;
using Chat.Contracts.Conversations;
using Chat.Contracts.Events;
using Chat.Contracts.Messages;

namespace Chat.Contracts;

/// <summary>How everything in this assembly is written as JSON: camelCase, generated, absent rather than null.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(CreateConversationRequest))]
[JsonSerializable(typeof(Conversation))]
[JsonSerializable(typeof(ConversationList))]
[JsonSerializable(typeof(AddMembersRequest))]
[JsonSerializable(typeof(MemberList))]
[JsonSerializable(typeof(SendMessageRequest))]
[JsonSerializable(typeof(Message))]
[JsonSerializable(typeof(MessagePage))]
[JsonSerializable(typeof(ChangePage))]
[JsonSerializable(typeof(MessageSent))]
[JsonSerializable(typeof(MessageChanged))]
[JsonSerializable(typeof(MemberAdded))]
[JsonSerializable(typeof(MemberRemoved))]
[JsonSerializable(typeof(ConversationChanged))]
public sealed partial class ContractsJson : JsonSerializerContext;
