using Chat.Contracts.Accounts;
using Chat.Data;
using Chat.Data.Accounts;
using Chat.ServiceDefaults.Authentication;
using Chat.ServiceDefaults.Problems;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Chat.Api.Accounts;

internal static class Refresh
{
    public static async Task<Results<Ok<SignIn>, ProblemHttpResult>> HandleAsync(
        RefreshRequest request, NpgsqlDataSource source, ChatDb database, AccessTokens accessTokens, SessionEndings endings,
        CancellationToken cancellationToken)
    {
        if (!RefreshToken.TryParse(request.RefreshToken, out var used))
        {
            return Problems.SessionEnded();
        }

        var next = used.Next();
        switch (await RotateSession.RunAsync(source, used, next, cancellationToken))
        {
            case null:
                return Problems.SessionEnded();
            case { Rotated: false } stolen:
                await endings.AnnounceAsync(stolen.UserId, [stolen.SessionId]);
                return Problems.SessionEnded();
            case var session:
                // Read anew, so that a changed role reaches the next access token.
                var user = await database.Users.AsNoTracking().SingleAsync(u => u.Id == session.UserId, cancellationToken);
                return TypedResults.Ok(user.ToSignIn(session.SessionId, next, accessTokens));
        }
    }
}
