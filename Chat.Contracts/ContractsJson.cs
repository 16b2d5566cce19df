using System.Text.Json;
using System.Text.Json.Serialization;
using Chat.Contracts.Accounts;
using Chat.Contracts.Operations;

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
[JsonSerializable(typeof(SignIn))]
[JsonSerializable(typeof(Me))]
[JsonSerializable(typeof(UserProfile))]
[JsonSerializable(typeof(UserList))]
[JsonSerializable(typeof(SessionList))]
[JsonSerializable(typeof(SystemStatus))]
[JsonSerializable(typeof(StatementList))]
public sealed partial class ContractsJson : JsonSerializerContext;
