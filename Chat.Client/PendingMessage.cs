using Chat.Contracts.Messages;

namespace Chat.Client;

/// <summary>Something that the user has written, from then until the server has it.</summary>
/// <param name="ConversationId">Where.</param>
/// <param name="Request">With the <c>clientId</c> that stays the same however often it is sent: it is stored once.</param>
public sealed record PendingMessage(Guid ConversationId, SendMessageRequest Request)
{
    private readonly TaskCompletionSource<Message?> _outcome = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The message as it is stored; null: it was refused, or could not be sent for too long, and is for the user to send again.</summary>
    public Task<Message?> Outcome => _outcome.Task;

    /// <summary>Whether that message is this one. Ids are made by clients, so another's may be the same.</summary>
    public bool Is(Message message, Guid userId) => message.ClientId == Request.ClientId && message.SenderId == userId;

    internal void End(Message? message) => _outcome.TrySetResult(message);
}
