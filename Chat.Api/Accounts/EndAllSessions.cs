using System.Security.Claims;
using Chat.Data.Accounts;
using Chat.ServiceDefaults.Authentication;
using Microsoft.AspNetCore.Http.HttpResults;
using Npgsql;

namespace Chat.Api.Accounts;

internal static class EndAllSessions
{
    public static async Task<NoContent> HandleAsync(
        ClaimsPrincipal caller, NpgsqlDataSource database, SessionEndings endings, CancellationToken cancellationToken)
    {
        await endings.AnnounceAsync(caller.UserId(), await EndSessions.AllAsync(database, caller.UserId(), cancellationToken));
        return TypedResults.NoContent();
    }
}
