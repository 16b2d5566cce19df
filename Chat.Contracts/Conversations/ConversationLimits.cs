namespace Chat.Contracts.Conversations;

/// <summary>Bounds that clients may rely on.</summary>
public static class ConversationLimits
{
    /// <summary>Characters of a title.</summary>
    public const int TitleMax = 200;

    /// <summary>People named in one call.</summary>
    public const int UsersPerCall = 100;

    /// <summary>Members of one conversation.</summary>
    public const int MembersMax = 10_000;
}
