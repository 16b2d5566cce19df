using System.Security.Claims;
using Chat.Data.Accounts;
using Chat.ServiceDefaults.Authentication;
using Microsoft.AspNetCore.Http.HttpResults;
using Npgsql;

namespace Chat.Api.Accounts;

internal static class EndSession
{
    public static async Task<Results<NoContent, NotFound>> HandleAsync(
        Guid id, ClaimsPrincipal caller, NpgsqlDataSource database, SessionEndings endings, CancellationToken cancellationToken)
    {
        var ended = await EndSessions.OneAsync(database, caller.UserId(), id, cancellationToken);
        await endings.AnnounceAsync(caller.UserId(), ended);
        return ended.Count == 0 ? TypedResults.NotFound() : TypedResults.NoContent();
    }
}
