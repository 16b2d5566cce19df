using Chat.Data.Permissions;

namespace Chat.Tests.Permissions;

/// <summary>Who may call an endpoint at all.</summary>
internal enum Need
{
    /// <summary>No access token.</summary>
    Nothing,

    /// <summary>A link that was signed, which no call made here has.</summary>
    Link,

    /// <summary>To be signed in.</summary>
    Account,

    /// <summary>To be an operator.</summary>
    Operator,

    /// <summary>What <see cref="PermissionTable"/> says of the action.</summary>
    Permission,
}

/// <summary>An endpoint, what it needs, and a call of it that succeeds for who may.</summary>
/// <param name="Name">Method and path, as in the OpenAPI document.</param>
internal sealed record Endpoint(string Name, Need Need, string? Body = null)
{
    public ConversationAction Action { get; init; }

    /// <summary>What follows the path.</summary>
    public string Query { get; init; } = "";

    /// <summary>1: somebody else's message. 2: the caller's own. 3: somebody else's poll. 4: the caller's own.</summary>
    public int Seq { get; init; } = 1;

    /// <summary>Whom <c>{userId}</c> names: <c>member</c>, <c>admin</c> or <c>caller</c>.</summary>
    public string User { get; init; } = "member";

    /// <summary>What members are answered in conversations of a kind that does not have that.</summary>
    public int WhereNobody { get; init; } = 409;

    /// <summary>It ends the caller's session or account: it needs a caller of its own.</summary>
    public bool EndsCaller { get; init; }

    public static Endpoint Open(string name, string? body = null) => new(name, Need.Nothing, body);

    public static Endpoint ByLink(string name) => new(name, Need.Link);

    public static Endpoint SignedIn(string name, string? body = null) => new(name, Need.Account, body);

    public static Endpoint Operators(string name, string? body = null) => new(name, Need.Operator, body);

    public static Endpoint Of(ConversationAction action, string name, string? body = null) => new(name, Need.Permission, body) { Action = action };
}
