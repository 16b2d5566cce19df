using System.Text.Json;
using System.Text.Json.Serialization;
using Chat.Contracts.Accounts;
using Chat.Contracts.Conversations;
using Chat.Contracts.Events;
using Chat.Contracts.Files;
using Chat.Contracts.Messages;
using Chat.Contracts.Operations;
using Chat.Contracts.ReadState;

namespace Chat.Contracts;

/// <summary>
/// Serialisation made at compile time, which halves its cost. Names are camelCase, enums their names; a null where none may be, a
/// missing value and a repeated name are errors.
/// </summary>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web, Converters = [typeof(CamelCaseEnums)], RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true, AllowDuplicateProperties = false, NumberHandling = JsonNumberHandling.Strict)]
[JsonSerializable(typeof(RegisterRequest))]
[JsonSerializable(typeof(LoginRequest))]
[JsonSerializable(typeof(RefreshRequest))]
[JsonSerializable(typeof(ChangeProfileRequest))]
[JsonSerializable(typeof(DeleteAccountRequest))]
[JsonSerializable(typeof(SignIn))]
[JsonSerializable(typeof(Me))]
[JsonSerializable(typeof(UserProfile))]
[JsonSerializable(typeof(UserList))]
[JsonSerializable(typeof(SessionList))]
[JsonSerializable(typeof(CreateConversationRequest))]
[JsonSerializable(typeof(Conversation))]
[JsonSerializable(typeof(ConversationList))]
[JsonSerializable(typeof(OwnChangePage))]
[JsonSerializable(typeof(AddMembersRequest))]
[JsonSerializable(typeof(ChangeConversationRequest))]
[JsonSerializable(typeof(ChangeRoleRequest))]
[JsonSerializable(typeof(MuteRequest))]
[JsonSerializable(typeof(CreateInviteRequest))]
[JsonSerializable(typeof(CreatedInvite))]
[JsonSerializable(typeof(InviteList))]
[JsonSerializable(typeof(InvitePreview))]
[JsonSerializable(typeof(ChannelList))]
[JsonSerializable(typeof(BlockList))]
[JsonSerializable(typeof(MembersAdded))]
[JsonSerializable(typeof(MemberList))]
[JsonSerializable(typeof(SendMessageRequest))]
[JsonSerializable(typeof(SendPollRequest))]
[JsonSerializable(typeof(VoteRequest))]
[JsonSerializable(typeof(AddOptionRequest))]
[JsonSerializable(typeof(ReactionList))]
[JsonSerializable(typeof(VoterList))]
[JsonSerializable(typeof(EditMessageRequest))]
[JsonSerializable(typeof(Message))]
[JsonSerializable(typeof(MessagePage))]
[JsonSerializable(typeof(ChangePage))]
[JsonSerializable(typeof(PinList))]
[JsonSerializable(typeof(VersionList))]
[JsonSerializable(typeof(MessageSent))]
[JsonSerializable(typeof(MessageChanged))]
[JsonSerializable(typeof(MemberAdded))]
[JsonSerializable(typeof(MemberRemoved))]
[JsonSerializable(typeof(ConversationChanged))]
[JsonSerializable(typeof(MoveCursorRequest))]
[JsonSerializable(typeof(OwnCursors))]
[JsonSerializable(typeof(CursorList))]
[JsonSerializable(typeof(ReaderList))]
[JsonSerializable(typeof(CursorsMoved))]
[JsonSerializable(typeof(StoredFile))]
[JsonSerializable(typeof(FileAuditReport))]
[JsonSerializable(typeof(FileList))]
[JsonSerializable(typeof(ClientSettings))]
[JsonSerializable(typeof(SystemStatus))]
[JsonSerializable(typeof(StatementList))]
[JsonSerializable(typeof(AccountList))]
[JsonSerializable(typeof(SuspendRequest))]
[JsonSerializable(typeof(ConversationInfoList))]
[JsonSerializable(typeof(AuditPage))]
public sealed partial class ContractsJson : JsonSerializerContext;
