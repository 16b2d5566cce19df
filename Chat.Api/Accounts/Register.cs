using Chat.Contracts.Accounts;
using Chat.Data;
using Chat.Data.Accounts;
using Chat.ServiceDefaults.Authentication;
using Chat.ServiceDefaults.Problems;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Chat.Api.Accounts;

internal static class Register
{
    public static async Task<Results<Created<SignIn>, ValidationProblem, ProblemHttpResult>> HandleAsync(
        RegisterRequest request, HttpRequest http, UserManager<User> users, ChatDb database, AccessTokens accessTokens,
        CancellationToken cancellationToken)
    {
        var userName = request.UserName.ToLowerInvariant();
        if (AccountRules.WhyNot(request.Password, userName) is { } reason)
        {
            return Problems.Invalid("password", reason);
        }

        if (userName.StartsWith(DeleteAccount.UserNamePrefix, StringComparison.Ordinal))
        {
            return Problems.Invalid("userName", $"Must not begin with {DeleteAccount.UserNamePrefix}: deleted accounts are called so.");
        }

        var user = new User
        {
            Id = Guid.CreateVersion7(),
            UserName = userName,
            DisplayName = request.DisplayName?.Trim() ?? userName,
        };
        var (session, token) = Session.Start(user.Id, http.Headers.UserAgent);

        user.PasswordHash = await Hashing.RunAsync(() => users.PasswordHasher.HashPassword(user, request.Password), cancellationToken);

        // One transaction, so that there is no account without the sign-in that its owner was to get.
        await using var transaction = await database.Database.BeginTransactionAsync(cancellationToken);
        if (!await CreateAsync(users, user))
        {
            return Problems.UserNameTaken();
        }

        // After the name was taken, so that its last owner's deletion cannot come in between.
        if (await DeleteAccount.HadAsync(database, user.NormalizedUserName!, cancellationToken))
        {
            return Problems.UserNameTaken();
        }

        database.Sessions.Add(session);
        await database.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return TypedResults.Created("/api/users/me", user.ToSignIn(session.Id, token, accessTokens));
    }

    /// <summary>False where the name is taken, also by somebody who registers at the same moment.</summary>
    private static async Task<bool> CreateAsync(UserManager<User> users, User user)
    {
        try
        {
            var result = await users.CreateAsync(user);
            return result.Succeeded || (result.Errors.Any(e => e.Code == nameof(IdentityErrorDescriber.DuplicateUserName))
                ? false
                : throw new InvalidOperationException($"Identity refuses what our rules allow: {result}"));
        }
        catch (DbUpdateException e) when (e.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
        {
            return false;
        }
    }
}
