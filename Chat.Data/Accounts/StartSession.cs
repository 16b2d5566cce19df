using Chat.Data.Statements;
using Npgsql;
using NpgsqlTypes;

namespace Chat.Data.Accounts;

/// <summary>
/// Signs somebody in, unless the account is suspended or gone. The share of the user's row decides between a sign-in and a suspension at
/// the same moment: either the suspension waits and ends this session too, or the session is not started.
/// </summary>
public static class StartSession
{
    private static readonly Statement Statement = new("StartSession", """
        insert into sessions (id, user_id, family_hash, refresh_hash, user_agent)
        select $2, id, $3, $4, $5 from users where id = $1 and suspended_at is null and deleted_at is null for key share
        """);

    /// <returns>False: the account is suspended, or was deleted a moment ago.</returns>
    public static async Task<bool> RunAsync(NpgsqlDataSource database, Session session, CancellationToken cancellationToken) =>
        await Statement.ExecuteAsync(
            database, cancellationToken,
            Parameter.Of(session.UserId), Parameter.Of(session.Id), Parameter.Of(session.FamilyHash), Parameter.Of(session.RefreshHash),
            Parameter.OrNull(session.UserAgent, NpgsqlDbType.Text)) == 1;
}
