using Chat.Data.Statements;
using Npgsql;
using NpgsqlTypes;

namespace Chat.Data.Accounts;

/// <summary>Ends sessions of one user. Each returns those that it ended, so that every node can be told.</summary>
public static class EndSessions
{
    // Served by the primary key; a foreign session is not found.
    private static readonly Statement One = new("EndSession", """
        update sessions set ended_at = clock_timestamp() where id = $2 and user_id = $1 and ended_at is null returning id
        """);

    // Both served by sessions_live.
    private static readonly Statement All = new("EndAllSessions", """
        update sessions set ended_at = clock_timestamp() where user_id = $1 and ended_at is null returning id
        """);

    private static readonly Statement Surplus = new("EndSurplusSessions", """
        with surplus as (
            select id from sessions where user_id = $1 and ended_at is null order by last_refreshed_at desc, id desc offset $2
        )
        update sessions set ended_at = clock_timestamp()
        from surplus
        where sessions.id = surplus.id and ended_at is null
        returning sessions.id
        """);

    public static Task<List<Guid>> OneAsync(NpgsqlDataSource database, Guid userId, Guid sessionId, CancellationToken cancellationToken) =>
        One.QueryAsync(
            database, row => row.GetGuid(0), cancellationToken,
            new NpgsqlParameter { Value = userId }, new NpgsqlParameter { Value = sessionId });

    public static Task<List<Guid>> AllAsync(NpgsqlDataSource database, Guid userId, CancellationToken cancellationToken) =>
        All.QueryAsync(database, row => row.GetGuid(0), cancellationToken, new NpgsqlParameter { Value = userId });

    /// <summary>Ends all but the <see cref="Session.MaxPerUser"/> that were used last.</summary>
    public static Task<List<Guid>> SurplusAsync(NpgsqlDataSource database, Guid userId, CancellationToken cancellationToken) =>
        Surplus.QueryAsync(
            database, row => row.GetGuid(0), cancellationToken,
            new NpgsqlParameter { Value = userId },
            new NpgsqlParameter { Value = Session.MaxPerUser, NpgsqlDbType = NpgsqlDbType.Integer });
}
