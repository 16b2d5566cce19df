using Chat.Contracts.Messages;

namespace Chat.LoadTests.Seeding;

/// <summary>Who is in conversations with whom.</summary>
internal static class Shapes
{
    public static ConversationPlan OneGroup(string title, IReadOnlyList<TestUser> members, int messages = 0) =>
        new(title, members, new MessagePart(MessageKind.Text, messages));

    /// <summary>Everybody in one room of that size each; the last takes the rest, if it is smaller.</summary>
    public static IEnumerable<ConversationPlan> Rooms(IEnumerable<TestUser> users, int size, int messages = 0) =>
        users.Chunk(size).Select((members, n) => OneGroup($"Room {n + 1} of {size}", members, messages));

    /// <summary>So many groups of so many, dealt like cards, so that each user is in equally many.</summary>
    public static IEnumerable<ConversationPlan> Groups(IReadOnlyList<TestUser> users, int count, int size, int messages = 0) =>
        Enumerable.Range(0, count).Select(group => OneGroup(
            $"Group {group + 1}", [.. Enumerable.Range(0, size).Select(n => users[(int)((((long)group * size) + n) % users.Count)])], messages));

    /// <summary>One of so many.</summary>
    public static IEnumerable<TestUser> EachOf(this IEnumerable<TestUser> users, int one) => users.Where((_, n) => n % one == 0);
}
