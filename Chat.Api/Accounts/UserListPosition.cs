using System.Buffers.Text;
using System.Text;
using Chat.Contracts.Validation;
using Chat.Data.Accounts;

namespace Chat.Api.Accounts;

/// <summary>A place in a list of users as an opaque text: part, user name and key, which hold no line feed.</summary>
internal static class UserListPosition
{
    /// <summary>A key is a display name in lower case, which may grow by folding; in UTF-8, in Base64.</summary>
    private const int MaxLength = 1024;

    public static string Write(FindUsers.Position position) =>
        Base64Url.EncodeToString(Encoding.UTF8.GetBytes($"{position.Part}\n{position.UserName}\n{position.Key}"));

    /// <summary>Null reads as null: the beginning. False for what <see cref="Write"/> did not write.</summary>
    public static bool TryRead(string? text, out FindUsers.Position? position)
    {
        position = null;
        if (text is null)
        {
            return true;
        }

        if (text.Length > MaxLength || !Base64Url.IsValid(text))
        {
            return false;
        }

        position = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(text)).Split('\n') is [var part, var userName, var key]
            && (part is "0" or "1") && AccountRules.IsUserName(userName) && new PlainTextAttribute().IsValid(key)
            ? new FindUsers.Position(part == "1" ? 1 : 0, key, userName)
            : null;
        return position is not null;
    }
}
