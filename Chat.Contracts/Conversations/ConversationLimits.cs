namespace Chat.Contracts.Conversations;

/// <summary>Bounds that clients may rely on.</summary>
public static class ConversationLimits
{
    /// <summary>Characters of a title.</summary>
    public const int TitleMax = 200;

    /// <summary>People named in one call.</summary>
    public const int UsersPerCall = 100;

    /// <summary>Characters of a description.</summary>
    public const int DescriptionMax = 1_000;

    /// <summary>Members of one conversation, unless the installation says otherwise.</summary>
    public const int MembersMax = 10_000;

    /// <summary>Conversations that a user is a member of, unless the installation says otherwise.</summary>
    public const int ConversationsPerUser = 5_000;

    /// <summary>Links of one conversation that can still be used, unless the installation says otherwise.</summary>
    public const int InvitesMax = 100;

    /// <summary>Uses of one link, where they are counted.</summary>
    public const int InviteUsesMax = 10_000;

    /// <summary>Days that a link is good for, at most.</summary>
    public const int InviteDaysMax = 365;

    /// <summary>Days that a link is good for where nothing is said.</summary>
    public const int InviteDays = 7;

    /// <summary>People whom one user blocks, unless the installation says otherwise.</summary>
    public const int BlocksMax = 1_000;
}
