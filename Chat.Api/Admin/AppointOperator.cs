using Chat.Data;
using Chat.Data.Accounts;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Chat.Api.Admin;

internal static class AppointOperator
{
    /// <summary>Reaches the account with its next refresh.</summary>
    public static async Task<Results<NoContent, NotFound>> HandleAsync(Guid userId, ChatDb database, CancellationToken cancellationToken) =>
        await database.Users.Where(u => u.Id == userId)
            .ExecuteUpdateAsync(u => u.SetProperty(p => p.Role, Roles.Operator), cancellationToken) == 0
            ? TypedResults.NotFound()
            : TypedResults.NoContent();
}
