using Chat.Contracts.Conversations;
using Chat.Contracts.Messages;
using Chat.Data.Messages;
using Npgsql;

namespace Chat.Data.Conversations;

/// <summary>Why a change of a conversation or its members is not made.</summary>
public enum ConversationRefusal
{
    /// <summary>The actor's role does not suffice.</summary>
    Forbidden,

    /// <summary>Conversations of this kind do not have that.</summary>
    NotOfThisKind,

    /// <summary>There is nobody, or nothing, to change.</summary>
    NotThere,

    /// <summary>It would leave the others without an owner.</summary>
    LastOwner,

    /// <summary>The conversation would have too many members.</summary>
    Full,

    /// <summary>Somebody would be in too many conversations.</summary>
    TooManyConversations,

    /// <summary>The picture is no picture of the actor's.</summary>
    NoFile,
}

/// <summary>What came of changing a conversation. Neither a refusal nor a message: it was so before.</summary>
/// <param name="Refusal">Why nothing was done.</param>
/// <param name="Message">Tells the members of the change: the last rev, the one before being the conversation's.</param>
/// <param name="OwnRev">Of the stream of the user whose membership it concerns, where that has changed.</param>
/// <param name="People">Whose membership has changed.</param>
/// <param name="Unknown">Who does not exist, or may not be added by the actor; if anybody, nothing was done.</param>
public sealed record ConversationOutcome(
    ConversationRefusal? Refusal, Message? Message = null, long? OwnRev = null, IReadOnlyList<Guid>? People = null, IReadOnlyList<Guid>? Unknown = null)
{
    /// <summary>As it is now; as the actor sees it, where they are a member.</summary>
    public Conversation? Conversation { get; init; }

    /// <summary>From the columns: refusal, own rev, the people, the unknown, then <see cref="MessageRow.Columns"/>.</summary>
    internal static ConversationOutcome Map(NpgsqlDataReader row) => new(
        row.IsDBNull(0) ? null : Enum.Parse<ConversationRefusal>(row.GetString(0), ignoreCase: true),
        MessageRow.Map(row, first: 4),
        row.IsDBNull(1) ? null : row.GetInt64(1),
        row.IsDBNull(2) ? null : row.GetFieldValue<Guid[]>(2),
        row.IsDBNull(3) ? null : row.GetFieldValue<Guid[]>(3));
}
