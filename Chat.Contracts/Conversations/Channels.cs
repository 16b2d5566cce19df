using System.Text.Json.Serialization;

namespace Chat.Contracts.Conversations;

/// <summary>A channel as everybody may find it.</summary>
/// <param name="Id">The conversation's id.</param>
/// <param name="Title">What it is called; several may be called the same.</param>
/// <param name="MemberCount">How many members there are.</param>
/// <param name="IsMember">Whether the caller is one.</param>
/// <param name="Description">Absent: none.</param>
/// <param name="PictureId">A file; absent: none.</param>
public sealed record Channel(
    Guid Id, string Title, int MemberCount, bool IsMember,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Description = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Guid? PictureId = null);

/// <param name="Items">In the order of their titles, letter case aside.</param>
/// <param name="Next">For <c>after=</c>: the next page; null on the last.</param>
public sealed record ChannelList(IReadOnlyList<Channel> Items, string? Next = null);
