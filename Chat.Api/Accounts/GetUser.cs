using Chat.Contracts.Accounts;
using Chat.Data;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Chat.Api.Accounts;

internal static class GetUser
{
    public static async Task<Results<Ok<UserProfile>, NotFound>> HandleAsync(Guid id, ChatDb database, CancellationToken cancellationToken)
    {
        var user = await database.Users.Where(u => u.Id == id)
            .Select(u => new UserProfile(u.Id, u.UserName!, u.DisplayName, u.DeletedAt != null)).SingleOrDefaultAsync(cancellationToken);
        return user is null ? TypedResults.NotFound() : TypedResults.Ok(user);
    }
}
