namespace Chat.Data.Accounts;

/// <summary>What an account may do. Whoever is an operator is a user as well.</summary>
public static class Roles
{
    public const string User = "user";

    /// <summary>May see and do what stands under <c>/api/admin</c>.</summary>
    public const string Operator = "operator";

    /// <summary>The roles that the one stored with an account implies.</summary>
    public static IReadOnlyList<string> Of(string role) => role == Operator ? [User, Operator] : [User];
}
