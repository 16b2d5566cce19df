using Chat.Data.Events;
using Chat.ServiceDefaults.Authentication;

namespace Chat.Api.Accounts;

/// <summary>
/// Makes known that sessions have ended, after the commit: here at once, elsewhere through the control channel. While Redis is away the
/// others do not hear of it; access then ends with the access token.
/// </summary>
internal sealed class SessionEndings(EndedSessions ended, EventPublisher events)
{
    /// <summary>Never fails.</summary>
    public async Task AnnounceAsync(Guid userId, IReadOnlyCollection<Guid> sessionIds)
    {
        foreach (var session in sessionIds)
        {
            ended.Add(session);
        }

        // One by one, never "all of the user's": that would also hit a sign-in made a moment later, on whoever hears of it late.
        await Task.WhenAll(sessionIds.Select(session => events.PublishControlAsync(new SessionEnded(userId, session))));
    }
}
