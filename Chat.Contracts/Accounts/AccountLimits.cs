namespace Chat.Contracts.Accounts;

/// <summary>The bounds of what an account consists of.</summary>
public static class AccountLimits
{
    public const int UserNameMin = 3;
    public const int UserNameMax = 32;

    /// <summary>Letters of either case are taken and kept lower-case.</summary>
    public const string UserNamePattern = "^[A-Za-z0-9_.-]+$";

    public const int DisplayNameMax = 64;
    public const int PasswordMin = 10;
    public const int PasswordMax = 128;

    /// <summary>Longer than any refresh token there is.</summary>
    public const int RefreshTokenMax = 128;

    /// <summary>Users on one page of a search.</summary>
    public const int PageMax = 100;
}
