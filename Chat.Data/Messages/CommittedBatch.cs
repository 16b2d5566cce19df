using Chat.Data.Events;

namespace Chat.Data.Messages;

/// <summary>What the members of its conversations are to be told of a batch.</summary>
internal static class CommittedBatch
{
    /// <returns>By rev, which is the order in which each conversation changed. Nothing of what had been done before.</returns>
    public static IReadOnlyList<CommittedMessage> Of(PendingMessage[] sends, SendOutcome[] sent, PendingChange[] changes, ChangeOutcome[] changed)
    {
        var committed = new List<CommittedMessage>(sends.Length + changes.Length);
        for (var i = 0; i < sends.Length; i++)
        {
            if (sent[i] is SendOutcome.Sent(var message))
            {
                Add(message, sends[i]);
            }
        }

        for (var i = 0; i < changes.Length; i++)
        {
            if (changed[i] is ChangeOutcome.Changed(var message, var version, IsNew: true))
            {
                committed.Add(new CommittedMessage(message, version, IsNew: false, changes[i].Span ?? default));
            }
        }

        committed.Sort((one, other) => one.Message.Rev.CompareTo(other.Message.Rev));
        return committed;

        void Add(SentMessage message, PendingWrite write)
        {
            if (message.IsNew)
            {
                committed.Add(new CommittedMessage(message.Message, message.MembershipVersion, IsNew: true, write.Span ?? default));
            }

            if (message.ThreadRoot is { } root)
            {
                committed.Add(new CommittedMessage(root, message.MembershipVersion, IsNew: false, write.Span ?? default));
            }
        }
    }
}
