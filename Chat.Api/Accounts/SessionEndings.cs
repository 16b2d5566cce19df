using Chat.ServiceDefaults.Authentication;

namespace Chat.Api.Accounts;

/// <summary>Makes known that sessions have ended, after the commit: here at once, elsewhere through the control channel.</summary>
internal sealed class SessionEndings(EndedSessions ended)
{
    public Task AnnounceAsync(Guid userId, IReadOnlyCollection<Guid> sessionIds)
    {
        foreach (var session in sessionIds)
        {
            ended.Add(session);
        }

        return Task.CompletedTask;
    }
}
