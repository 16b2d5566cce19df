using Chat.Contracts.Accounts;
using Chat.Data.Accounts;
using Chat.ServiceDefaults.Authentication;

namespace Chat.Api.Accounts;

/// <summary>An account as the contracts show it.</summary>
internal static class Answers
{
    public static Me ToMe(this User user) => new(user.Id, user.UserName!, user.DisplayName, Roles.Of(user.Role), user.CreatedAt);

    public static SignIn ToSignIn(this User user, Guid sessionId, RefreshToken refreshToken, AccessTokens accessTokens)
    {
        var (token, expiresAt) = accessTokens.Issue(user.Id, sessionId, Roles.Of(user.Role));
        return new SignIn(token, expiresAt, refreshToken.Reveal(), sessionId, user.ToMe());
    }
}
