using Chat.Api.Accounts;
using Chat.Data;
using Chat.Data.Accounts;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Chat.Api.Admin;

internal static class DismissOperator
{
    /// <summary>Ends the account's sessions too, because its access tokens still name the role.</summary>
    public static async Task<Results<NoContent, NotFound>> HandleAsync(
        Guid userId, ChatDb database, NpgsqlDataSource source, SessionEndings endings, CancellationToken cancellationToken)
    {
        var dismissed = await database.Users.Where(u => u.Id == userId && u.Role == Roles.Operator)
            .ExecuteUpdateAsync(u => u.SetProperty(p => p.Role, Roles.User), cancellationToken);
        if (dismissed == 0)
        {
            return TypedResults.NotFound();
        }

        await endings.AnnounceAsync(userId, await EndSessions.AllAsync(source, userId, cancellationToken));
        return TypedResults.NoContent();
    }
}
