using Chat.Contracts.Accounts;
using Chat.Data.Accounts;
using Chat.ServiceDefaults.Authentication;
using Chat.ServiceDefaults.Problems;
using Microsoft.AspNetCore.Http.HttpResults;
using Npgsql;

namespace Chat.Api.Accounts;

internal static class Login
{
    public static async Task<Results<Ok<SignIn>, ProblemHttpResult>> HandleAsync(
        LoginRequest request, HttpRequest http, PasswordCheck passwords, NpgsqlDataSource source,
        AccessTokens accessTokens, SessionEndings endings, CancellationToken cancellationToken)
    {
        var user = await passwords.FindAsync(request.UserName, request.Password, cancellationToken);
        if (user is null)
        {
            return Problems.WrongCredentials();
        }

        var (session, token) = Session.Start(user.Id, http.Headers.UserAgent);
        if (!await StartSession.RunAsync(source, session, cancellationToken))
        {
            // Only who knows the password is told.
            return Problems.Of(ProblemType.AccountSuspended, "Ask those who run this installation.");
        }

        await endings.AnnounceAsync(user.Id, await EndSessions.SurplusAsync(source, user.Id, cancellationToken));
        return TypedResults.Ok(user.ToSignIn(session.Id, token, accessTokens));
    }
}
