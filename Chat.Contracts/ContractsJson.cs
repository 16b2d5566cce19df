using System.Text.Json;
using System.Text.Json.Serialization;
using Chat.Contracts.Conversations;
using Chat.Contracts.Events;
using Chat.Contracts.Messages;
using Chat.Contracts.Operations;

namespace Chat.Contracts;

/// <summary>
/// Serialisation made at compile time, which halves its cost. Names are camelCase, enums their names; a null where none may be, a
/// missing value and a repeated name are errors.
/// </summary>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web, UseStringEnumConverter = true, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true,
    AllowDuplicateProperties = false, NumberHandling = JsonNumberHandling.Strict)]
[JsonSerializable(typeof(CreateConversationRequest))]
[JsonSerializable(typeof(Conversation))]
[JsonSerializable(typeof(ConversationList))]
[JsonSerializable(typeof(AddMembersRequest))]
[JsonSerializable(typeof(MembersAdded))]
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
[JsonSerializable(typeof(SystemStatus))]
[JsonSerializable(typeof(StatementList))]
public sealed partial class ContractsJson : JsonSerializerContext;
