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
            dummy.Check(password);
            return null;
        }

        var locked = await users.IsLockedOutAsync(user);
        var right = await users.CheckPasswordAsync(user, password);
        if (locked)
        {
            return null;
        }

        if (!right)
        {
            await CountFailedSignIn.RunAsync(database, user.Id, cancellationToken);
            return null;
        }

        await users.ResetAccessFailedCountAsync(user);
        return user;
    }
}
