using Chat.Contracts.Operations;
using Chat.Data.Accounts;
using Chat.Data.Messages;
using Chat.Data.Statements;
using Npgsql;
using NpgsqlTypes;

namespace Chat.Data.Operators;

/// <summary>Accounts as operators see them, by the beginning of their user names; not those that were deleted.</summary>
public static class ListAccounts
{
    /// <summary>
    /// By users_user_name, or users_suspended where only those are asked for, from where the page before ended; sessions by
    /// sessions_user_id. U+10FFFF sorts after every text that begins with the prefix.
    /// </summary>
    private static readonly Statement Statement = new("ListAccounts", """
        select u.id, u.user_name, u.display_name, u.role, u.created_at, s.living, s.seen_at, u.suspended_at, u.suspension_reason
        from (
            select *
            from users
            where user_name >= $1 and user_name < $1 || U&'\+10FFFF' and user_name > $2
              and deleted_at is null and ($3 is null or (suspended_at is not null) = $3)
            order by user_name
            limit $4
        ) as u
        cross join lateral (
            select max(last_refreshed_at) as seen_at,
                   count(*) filter (where ended_at is null and last_refreshed_at > clock_timestamp() - $5) as living
            from sessions
            where user_id = u.id
        ) as s
        order by u.user_name
        """);

    /// <param name="prefix">In lower case; empty for all.</param>
    /// <param name="suspended">Null: whether or not.</param>
    /// <param name="after">The last user name of the page before; empty for the first.</param>
    public static async Task<AccountList> RunAsync(
        NpgsqlDataSource database, string prefix, bool? suspended, string after, int limit, CancellationToken cancellationToken)
    {
        var rows = await Statement.QueryAsync(
            database, Map, cancellationToken,
            Parameter.Of(prefix), Parameter.Of(after), Parameter.OrNull(suspended, NpgsqlDbType.Boolean), Parameter.Of(limit + 1),
            Parameter.Of(Session.Lifetime));
        return rows.Count <= limit ? new AccountList(rows) : new AccountList(rows[..limit], rows[limit - 1].UserName);
    }

    private static AccountInfo Map(NpgsqlDataReader row) => new(
        row.GetGuid(0), row.GetString(1), row.GetString(2), Roles.Of(row.GetString(3)), row.GetFieldValue<DateTimeOffset>(4), row.GetInt64(5),
        row.TimeOrNull(6), row.TimeOrNull(7), row.IsDBNull(8) ? null : row.GetString(8));
}
