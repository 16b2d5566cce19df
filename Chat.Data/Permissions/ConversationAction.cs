namespace Chat.Data.Permissions;

/// <summary>What somebody may want to do with a conversation. What each means says <see cref="PermissionTable.All"/>.</summary>
public enum ConversationAction
{
    Read,
    Send,
    React,
    Vote,
    CloseOthersPoll,
    Pin,
    DeleteOthersMessage,
    SetForOneself,
    Leave,
    AddMembers,
    RemoveMember,
    RemoveAdmin,
    ChangeRole,
    ChangeDetails,
    ManageInvites,
    DeleteConversation,
    Join,
    JoinByInvite,
}

/// <summary>Who may: each includes those before it.</summary>
public enum Access
{
    /// <summary>Conversations of the kind do not have that.</summary>
    Nobody,
    Owners,
    Admins,
    Members,

    /// <summary>Everybody who is signed in.</summary>
    Anyone,
}
