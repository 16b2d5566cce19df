using Chat.Contracts.Messages;

namespace Chat.LoadTests.Seeding;

/// <summary>A group that is to be seeded.</summary>
/// <param name="Members">The first is its owner. Whoever says something is one of them.</param>
/// <param name="Messages">How many of which kind, in this order.</param>
internal sealed record ConversationPlan(string Title, IReadOnlyList<TestUser> Members, params IReadOnlyList<MessagePart> Messages)
{
    /// <summary>So many of the first members say all that is said.</summary>
    public int Speakers { get; init; } = Members.Count;
}

internal readonly record struct MessagePart(MessageKind Kind, int Count);

/// <summary>A group as it now stands in the database.</summary>
internal sealed record SeededConversation(Guid Id, string Title, IReadOnlyList<TestUser> Members, long LastSeq);
