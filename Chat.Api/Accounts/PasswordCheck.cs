using Chat.Data.Accounts;
using Microsoft.AspNetCore.Identity;
using Npgsql;

namespace Chat.Api.Accounts;

/// <summary>Finds the account that a name and a password open. Counts failures; a locked account opens to no password.</summary>
internal sealed class PasswordCheck(UserManager<User> users, DummyPassword dummy, NpgsqlDataSource database)
{
    /// <summary>Null, after the same work, whether the name is unknown, the password wrong or the account locked.</summary>
    public async Task<User?> FindAsync(string userName, string password, CancellationToken cancellationToken)
    {
        // A name that nobody can have is not looked up: it may hold what the database does not take.
        var user = AccountRules.IsUserName(userName) ? await users.FindByNameAsync(userName) : null;
        if (user is null)
        {
            await Hashing.RunAsync(() => dummy.Check(password), cancellationToken);
            return null;
        }

        return await IsRightAsync(user, password, cancellationToken) ? user : null;
    }

    /// <summary>Whether the password is that of a user who is signed in. Counts as a sign-in does.</summary>
    public async Task<bool> IsRightAsync(Guid userId, string password, CancellationToken cancellationToken) =>
        await users.FindByIdAsync(userId.ToString()) is { } user && await IsRightAsync(user, password, cancellationToken);

    private async Task<bool> IsRightAsync(User user, string password, CancellationToken cancellationToken)
    {
        var locked = await users.IsLockedOutAsync(user);
        // What follows a hash of the kind before, a new one and its writing, is waited for in that thread.
        var right = await Hashing.RunAsync(() => users.CheckPasswordAsync(user, password).GetAwaiter().GetResult(), cancellationToken);
        if (locked)
        {
            return false;
        }

        if (!right)
        {
            await CountFailedSignIn.RunAsync(database, user.Id, cancellationToken);
            return false;
        }

        await users.ResetAccessFailedCountAsync(user);
        return true;
    }
}
