using System.ComponentModel.DataAnnotations;
using Chat.Contracts.Conversations;

namespace Chat.Data.Conversations;

/// <summary>How much of everything there may be: section <c>Conversations</c> of the configuration.</summary>
public sealed class ConversationOptions
{
    /// <summary>Members of one conversation.</summary>
    [Range(2, 100_000)]
    public int MembersMax { get; set; } = ConversationLimits.MembersMax;

    /// <summary>Conversations that a user is a member of. Direct ones count, and are always had.</summary>
    [Range(1, 100_000)]
    public int ConversationsPerUser { get; set; } = ConversationLimits.ConversationsPerUser;

    /// <summary>Links of one conversation that can still be used.</summary>
    [Range(1, 1_000)]
    public int InvitesMax { get; set; } = ConversationLimits.InvitesMax;

    /// <summary>People whom one user blocks.</summary>
    [Range(1, 100_000)]
    public int BlocksMax { get; set; } = ConversationLimits.BlocksMax;
}
