using System.Text.Json.Serialization;

namespace Chat.Contracts.Messages;

/// <summary>What a message is.</summary>
public enum MessageKind
{
    /// <summary>Markdown.</summary>
    Text,

    /// <summary>Source code, shown as it is written.</summary>
    Code,

    /// <summary>A picture, with or without a caption.</summary>
    Image,

    /// <summary>A file, with or without a caption.</summary>
    File,

    /// <summary>A recording, with or without a caption.</summary>
    Voice,

    /// <summary>A question, which is the text, with options to choose from.</summary>
    Poll,

    /// <summary>Written by the server: what the sender did, in <c>content</c> for programs, in <c>text</c> in English.</summary>
    System,

    /// <summary>What only the members' devices can read; without text.</summary>
    Encrypted,
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
/// <param name="DeletedAt">When it was deleted for everyone; absent: never. What is left of it has no text, content, reactions or mentions.</param>
/// <param name="Reactions">How many reacted with what; absent: nobody.</param>
/// <param name="Content">What a message of its kind has besides the text; absent: nothing.</param>
/// <param name="ReplyTo">The seq of the message that it answers.</param>
/// <param name="ThreadRoot">The seq of the message under which it stands in a thread.</param>
/// <param name="ReplyCount">How many messages stand in the thread under it, those deleted since among them; absent: none.</param>
/// <param name="LastReplyAt">When the latest of them was committed.</param>
/// <param name="Forwarded">It is a copy of a message from elsewhere; absent: no.</param>
/// <param name="PinnedAt">When it was pinned; absent: it is not.</param>
/// <param name="Mentions">The members whom it mentions; absent: nobody.</param>
/// <param name="MentionsEveryone">It mentions all members; absent: no.</param>
/// <param name="Tally">Of a poll, the votes; absent: none.</param>
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
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<ReactionSummary>? Reactions = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] MessageContent? Content = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] long? ReplyTo = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] long? ThreadRoot = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? ReplyCount = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] DateTimeOffset? LastReplyAt = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] bool Forwarded = false,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] DateTimeOffset? PinnedAt = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<Guid>? Mentions = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] bool MentionsEveryone = false,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] PollTally? Tally = null);

/// <param name="Emoji">One emoji.</param>
/// <param name="Count">How many members reacted with it.</param>
/// <param name="Names">The display names of the first two of them, as of the count; after the first five emoji of the first only. Who else, <c>…/reactions</c> tells.</param>
public sealed record ReactionSummary(string Emoji, int Count, IReadOnlyList<string>? Names = null);
