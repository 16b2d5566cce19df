using System.Text.Json;
using Chat.Contracts.Conversations;
using static Chat.Data.Permissions.Access;
using static Chat.Data.Permissions.ConversationAction;

namespace Chat.Data.Permissions;

/// <summary>
/// Who may do what in which kind of conversation: the one table from which the statements' conditions are made. docs/permissions.md shows it, and a
/// test holds the two equal; another calls every endpoint in every role. That somebody is a member at all
/// (<c>left_at is null</c>) every statement checks by its join, so a row of nothing but <see cref="Members"/> needs no condition besides.
/// </summary>
public static class PermissionTable
{
#pragma warning disable format // It is a table.
    public static readonly IReadOnlyList<Permission> All =
    [
        //                       direct   group    channel
        new(Read,                Members, Members, Members, "read messages, members, pins and changes"),
        new(Send,                Members, Members, Members, "send messages and polls, edit, close and delete one's own"),
        new(React,               Members, Members, Members, "react to a message"),
        new(Vote,                Members, Members, Members, "vote, and add an option where the poll says so"),
        new(CloseOthersPoll,     Nobody,  Admins,  Admins,  "close and reopen somebody else's poll"),
        new(Pin,                 Members, Members, Members, "pin and unpin messages"),
        new(DeleteOthersMessage, Nobody,  Admins,  Admins,  "delete somebody else's message for everyone"),
        new(SetForOneself,       Members, Members, Members, "mute, archive, hide messages, move one's own cursors"),
        new(Leave,               Nobody,  Members, Members, "leave; the last owner hands over first, unless alone"),
        new(AddMembers,          Nobody,  Admins,  Admins,  "add people"),
        new(RemoveMember,        Nobody,  Admins,  Admins,  "remove somebody who is a member only"),
        new(RemoveAdmin,         Nobody,  Owners,  Owners,  "remove an admin or another owner"),
        new(ChangeRole,          Nobody,  Owners,  Owners,  "change anybody's role; the last owner stays one"),
        new(ChangeDetails,       Nobody,  Admins,  Admins,  "change title, description and picture"),
        new(ManageInvites,       Nobody,  Admins,  Admins,  "make, list and revoke links to join by"),
        new(DeleteConversation,  Nobody,  Owners,  Owners,  "delete the conversation: all leave"),
        new(Join,                Nobody,  Nobody,  Anyone,  "find by name and join"),
        new(JoinByInvite,        Nobody,  Anyone,  Anyone,  "see and join by a link"),
    ];
#pragma warning restore format

    private static readonly Dictionary<ConversationAction, Permission> ByAction = All.ToDictionary(permission => permission.Action);

    public static Access Of(ConversationAction action, ConversationKind kind) => kind switch
    {
        ConversationKind.Direct => ByAction[action].Direct,
        ConversationKind.Group => ByAction[action].Group,
        _ => ByAction[action].Channel,
    };

    /// <param name="role">Null: no member.</param>
    public static bool Allow(ConversationAction action, ConversationKind kind, MemberRole? role) =>
        Of(action, kind) >= role switch
        {
            MemberRole.Owner => Owners,
            MemberRole.Admin => Admins,
            MemberRole.Member => Members,
            _ => Anyone,
        };

    /// <summary>The condition in SQL that a member may.</summary>
    /// <param name="kind">The column that holds the conversation's kind.</param>
    /// <param name="role">The column that holds the member's role.</param>
    internal static string Condition(ConversationAction action, string kind, string role)
    {
        var pairs = from k in Enum.GetValues<ConversationKind>() from r in Enum.GetValues<MemberRole>() where Allow(action, k, r) select $"('{Name(k)}', '{Name(r)}')";
        return $"(({kind}, {role}) in ({string.Join(", ", pairs)}))";
    }

    /// <summary>The condition in SQL that conversations of the kind have that at all.</summary>
    internal static string Exists(ConversationAction action, string kind) =>
        $"({kind} in ({string.Join(", ", Enum.GetValues<ConversationKind>().Where(k => Of(action, k) > Nobody).Select(k => $"'{Name(k)}'"))}))";

    private static string Name<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());
}

/// <param name="Direct">Who may in a direct conversation.</param>
/// <param name="Group">Who may in a group.</param>
/// <param name="Channel">Who may in a channel.</param>
/// <param name="Meaning">What one may then do.</param>
public sealed record Permission(ConversationAction Action, Access Direct, Access Group, Access Channel, string Meaning);
