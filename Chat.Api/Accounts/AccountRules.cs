using System.Text.RegularExpressions;
using Chat.Contracts.Accounts;

namespace Chat.Api.Accounts;

/// <summary>What the attributes of a request cannot say.</summary>
internal static partial class AccountRules
{
    public static bool IsUserName(string text) =>
        text.Length is >= AccountLimits.UserNameMin and <= AccountLimits.UserNameMax && UserName().IsMatch(text);

    public static bool IsBeginningOfUserName(string text) => text.Length <= AccountLimits.UserNameMax && UserName().IsMatch(text);

    /// <summary>Why a password will not do; null if it will.</summary>
    public static string? WhyNot(string password, string userName) =>
        CommonPasswords.Contains(password) ? "Is one of the commonest passwords, which are tried first."
        : password.Contains(userName, StringComparison.OrdinalIgnoreCase) && password.Length < userName.Length + AccountLimits.PasswordMin / 2
            ? "Is little more than the user name."
        : password.Distinct().Count() < 4 ? "Consists of too few different characters."
        : null;

    [GeneratedRegex(AccountLimits.UserNamePattern)]
    private static partial Regex UserName();
}
