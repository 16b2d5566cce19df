using System.Security.Claims;
using Chat.Contracts.Accounts;
using Chat.Data;
using Chat.ServiceDefaults.Authentication;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Chat.Api.Accounts;

internal static class ChangeProfile
{
    public static async Task<Results<Ok<Me>, NotFound>> HandleAsync(
        ChangeProfileRequest request, ClaimsPrincipal caller, ChatDb database, CancellationToken cancellationToken)
    {
        var (id, displayName) = (caller.UserId(), request.DisplayName.Trim());
        await database.Users.Where(u => u.Id == id && u.DeletedAt == null)
            .ExecuteUpdateAsync(u => u.SetProperty(p => p.DisplayName, displayName), cancellationToken);
        return await GetMe.HandleAsync(caller, database, cancellationToken);
    }
}
