using System.Security.Claims;
using Chat.Data.Accounts;
using Chat.ServiceDefaults.Authentication;
using Microsoft.AspNetCore.Http.HttpResults;
using Npgsql;

namespace Chat.Api.Accounts;

internal static class Logout
{
    public static async Task<NoContent> HandleAsync(
        ClaimsPrincipal caller, NpgsqlDataSource database, SessionEndings endings, CancellationToken cancellationToken)
    {
        await EndSessions.OneAsync(database, caller.UserId(), caller.SessionId(), cancellationToken);

        // Also where another device ended it a moment ago: this node may not have heard.
        await endings.AnnounceAsync(caller.UserId(), [caller.SessionId()]);
        return TypedResults.NoContent();
    }
}
