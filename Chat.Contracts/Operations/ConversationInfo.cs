using System.Text.Json.Serialization;
using Chat.Contracts.Conversations;

namespace Chat.Contracts.Operations;

/// <summary>What operators see of a conversation: how much is done in it, and nothing of what is said.</summary>
/// <param name="Id">UUIDv7.</param>
/// <param name="Kind">Who it is between.</param>
/// <param name="CreatedAt">When it was created.</param>
/// <param name="ActiveAt">When the last message was sent, or else when it was created.</param>
/// <param name="Messages">How many messages it has had.</param>
/// <param name="Changes">How many changes it has had, new messages among them.</param>
/// <param name="Members">How many members there are now.</param>
/// <param name="Title">Of a channel, which anybody may find by it; other titles are what members say, and absent.</param>
public sealed record ConversationInfo(
    Guid Id,
    ConversationKind Kind,
    DateTimeOffset CreatedAt,
    DateTimeOffset ActiveAt,
    long Messages,
    long Changes,
    int Members,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Title = null);

/// <param name="Items">The latest created first.</param>
/// <param name="Next">For <c>after=</c>: the next page; null on the last.</param>
public sealed record ConversationInfoList(IReadOnlyList<ConversationInfo> Items, string? Next = null);
