using Chat.Data.Statements;
using Npgsql;
using NpgsqlTypes;

namespace Chat.Data.Accounts;

/// <summary>
/// Counts a wrong password and locks the account at the tenth. One statement instead of Identity's read and conditional write, which
/// forgets failures that happen at once.
/// </summary>
public static class CountFailedSignIn
{
    public const int MaxFailures = 10;

    public static readonly TimeSpan Lockout = TimeSpan.FromMinutes(5);

    private static readonly Statement Statement = new("CountFailedSignIn", """
        update users
        set access_failed_count = (access_failed_count + 1) % $2,
            lockout_end = case when access_failed_count + 1 >= $2 then clock_timestamp() + $3 else lockout_end end
        where id = $1
        """);

    public static Task RunAsync(NpgsqlDataSource database, Guid userId, CancellationToken cancellationToken) => Statement.ExecuteAsync(
        database, cancellationToken,
        new NpgsqlParameter { Value = userId },
        new NpgsqlParameter { Value = MaxFailures, NpgsqlDbType = NpgsqlDbType.Integer },
        new NpgsqlParameter { Value = Lockout, NpgsqlDbType = NpgsqlDbType.Interval });
}
