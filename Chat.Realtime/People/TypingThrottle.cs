namespace Chat.Realtime.People;

/// <summary>What of one connection's <c>typing</c> goes on: one in a while of each conversation, and of few conversations at once.</summary>
internal sealed class TypingThrottle
{
    /// <summary>A client says it every 3 s.</summary>
    public static readonly TimeSpan Every = TimeSpan.FromSeconds(2.5);

    /// <summary>Nobody writes in more at once.</summary>
    private const int MaxConversations = 4;

    private readonly List<(Guid ConversationId, long Until)> _said = new(1);

    public bool Allows(Guid conversationId, TimeProvider time)
    {
        lock (_said)
        {
            var now = time.GetTimestamp();
            _said.RemoveAll(said => said.Until <= now);
            if (_said.Count == MaxConversations || _said.Exists(said => said.ConversationId == conversationId))
            {
                return false;
            }

            _said.Add((conversationId, now + (long)(Every.TotalSeconds * time.TimestampFrequency)));
            return true;
        }
    }
}
