using Chat.Data.Events;
using Chat.Data.Reactions;

namespace Chat.Api.Reactions;

/// <summary>Tells of a reaction after its commit: the worker, which counts it for all, and the user's own other devices. Not awaited.</summary>
internal static class ReactionEvents
{
    /// <param name="ownRev">Null: nothing has changed, and nobody is told.</param>
    public static void Publish(EventPublisher events, Guid userId, long? ownRev)
    {
        if (ownRev is { } rev)
        {
            _ = events.RingAsync(RecountReactions.Doorbell);
            _ = events.PublishControlAsync(new OwnStreamGrew(userId, rev));
        }
    }
}
