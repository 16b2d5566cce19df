using System.Security.Claims;
using Chat.Contracts.Accounts;
using Chat.Data;
using Chat.Data.Accounts;
using Chat.ServiceDefaults.Authentication;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Chat.Api.Accounts;

internal static class ListSessions
{
    public static async Task<Ok<SessionList>> HandleAsync(
        ClaimsPrincipal caller, ChatDb database, TimeProvider time, CancellationToken cancellationToken)
    {
        var (userId, current, oldest) = (caller.UserId(), caller.SessionId(), time.GetUtcNow() - Session.Lifetime);
        var sessions = await database.Sessions
            .Where(s => s.UserId == userId && s.EndedAt == null && s.LastRefreshedAt > oldest)
            .OrderByDescending(s => s.LastRefreshedAt).ThenByDescending(s => s.Id)
            .Take(Session.MaxPerUser)
            .Select(s => new SessionInfo(s.Id, s.Id == current, s.UserAgent, s.CreatedAt, s.LastRefreshedAt))
            .ToListAsync(cancellationToken);
        return TypedResults.Ok(new SessionList(sessions, Next: null));
    }
}
