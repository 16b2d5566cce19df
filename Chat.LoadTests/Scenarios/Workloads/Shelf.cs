using Chat.LoadTests.Seeding;

namespace Chat.LoadTests.Scenarios.Workloads;

/// <summary>Conversations of different lengths, of which all users read the same at a time.</summary>
internal sealed class Shelf(IReadOnlyList<SeededConversation> conversations)
{
    private volatile SeededConversation _open = conversations[0];

    public SeededConversation Open => _open;

    /// <summary>Opens the one of so many messages.</summary>
    public void Choose(int messages) => _open = conversations.Single(conversation => conversation.LastSeq == messages);
}
