using System.Security.Claims;
using Chat.Contracts.Accounts;
using Chat.Data;
using Chat.ServiceDefaults.Authentication;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Chat.Api.Accounts;

internal static class GetMe
{
    public static async Task<Results<Ok<Me>, NotFound>> HandleAsync(
        ClaimsPrincipal caller, ChatDb database, CancellationToken cancellationToken)
    {
        var id = caller.UserId();
        var user = await database.Users.AsNoTracking().SingleOrDefaultAsync(u => u.Id == id, cancellationToken);
        return user is null ? TypedResults.NotFound() : TypedResults.Ok(user.ToMe());
    }
}
