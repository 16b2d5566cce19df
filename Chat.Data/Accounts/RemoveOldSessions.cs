using Chat.Data.Statements;
using Npgsql;

namespace Chat.Data.Accounts;

/// <summary>
/// Removes sessions that are over: ended, or not refreshed for <see cref="Session.Lifetime"/>, and that for <c>keepFor</c>. A refresh token
/// of such a session is answered as before: unknown and ended are not told apart.
/// </summary>
public static class RemoveOldSessions
{
    /// <summary>Of each kind in one call.</summary>
    public const int Max = 1_000;

    /// <summary>By sessions_ended and sessions_refreshed.</summary>
    private static readonly Statement Statement = new("RemoveOldSessions", """
        with ended as (
            select id from sessions where ended_at < now() - $1 order by ended_at limit $3 for update skip locked
        ), expired as (
            select id from sessions where ended_at is null and last_refreshed_at < now() - $2
            order by last_refreshed_at limit $3 for update skip locked
        )
        delete from sessions where id in (select id from ended union all select id from expired)
        """);

    /// <returns>How many were removed; <see cref="Max"/> or more: there may be others.</returns>
    public static Task<int> RunAsync(NpgsqlDataSource database, TimeSpan keepFor, CancellationToken cancellationToken) =>
        Statement.ExecuteAsync(
            database, cancellationToken, Parameter.Of(keepFor), Parameter.Of(Session.Lifetime + keepFor), Parameter.Of(Max));
}
