using Chat.Data.Statements;
using Npgsql;

namespace Chat.Data.Operators;

/// <summary>
/// The first step of every batch that may leave the installation without an operator: takes the locks of all operators and of the
/// user concerned, in id order. So of two that take each other's role at once, the second sees what the first did. It also waits for sign-ins
/// and additions to conversations under way, which hold a share of the user's row: what comes after sees them.
/// </summary>
internal static class LockOperators
{
    /// <summary>By users_operators and the primary key.</summary>
    private static readonly Statement Lock = new("LockOperators", """
        select count(*)
        from (
            select from users
            where id in (select id from users where role = 'operator' union all select $1)
            order by id
            for update
        ) as locked
        """);

    /// <summary>Whether there is another operator than $1 who can act: a condition, for the steps after this one.</summary>
    public const string AnotherIsLeft =
        "exists (select from users where role = 'operator' and id <> $1 and suspended_at is null and deleted_at is null)";

    public static NpgsqlBatchCommand Step(Guid userId) => Lock.Step(Parameter.Of(userId));
}
