using System.Text.Json.Serialization;

namespace Chat.Contracts.Messages;

/// <summary>What a message is.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<MessageKind>))]
public enum MessageKind
{
    /// <summary>Markdown.</summary>
    Text,
}

/// <summary>A message in its present state. Its id is the pair of conversation and seq.</summary>
/// <param name="ConversationId">The conversation it is in.</param>
/// <param name="Seq">Its place there: 1, 2, 3, … without gaps, in the order of commits.</param>
/// <param name="Rev">The conversation's rev at which it was last changed. Of two states of one message the one of the greater rev holds.</param>
/// <param name="SenderId">Who sent it.</param>
/// <param name="ClientId">The id that the sender's client gave it, by which that client knows it again.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Text">Up to 10,000 characters.</param>
/// <param name="CreatedAt">When it was committed.</param>
/// <param name="EditedAt">When its text was last changed; absent: never.</param>
/// <param name="DeletedAt">When it was deleted for everyone; absent: never.</param>
/// <param name="Reactions">How many reacted with what; absent: nobody.</param>
public sealed record Message(
    Guid ConversationId,
    long Seq,
    long Rev,
    Guid SenderId,
    Guid ClientId,
    MessageKind Kind,
    string Text,
    DateTimeOffset CreatedAt,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] DateTimeOffset? EditedAt = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] DateTimeOffset? DeletedAt = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<ReactionSummary>? Reactions = null);

/// <param name="Emoji">One emoji.</param>
/// <param name="Count">How many members reacted with it.</param>
/// <param name="FirstUserIds">Up to three of them, the earliest first.</param>
public sealed record ReactionSummary(string Emoji, int Count, IReadOnlyList<Guid> FirstUserIds);
