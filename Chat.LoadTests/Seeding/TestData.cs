using Chat.Contracts.Messages;

namespace Chat.LoadTests.Seeding;

/// <summary>What the requirements are measured on: a group of all hundred with a poll, images and files, and ten groups of ten with text.</summary>
internal static class TestData
{
    public const int Users = 100;
    private const int GroupSize = 10;
    private const int MessagesInGroup = 100;

    /// <param name="users">At least a hundred; the first hundred are used.</param>
    public static IReadOnlyList<ConversationPlan> Of(IReadOnlyList<TestUser> users)
    {
        var all = users.Take(Users).ToArray();
        return
        [
            new ConversationPlan(
                "All hundred", all,
                new MessagePart(MessageKind.Poll, 1), new MessagePart(MessageKind.Image, 100), new MessagePart(MessageKind.File, 100)),
            .. Shapes.Rooms(all, GroupSize, MessagesInGroup),
        ];
    }
}
