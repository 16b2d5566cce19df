using Chat.Data.Statements;
using Npgsql;
using NpgsqlTypes;

namespace Chat.Data.Accounts;

/// <summary>
/// Exchanges a refresh token for the next. A response may be lost, so the token before the current one is taken too, once and
/// for <see cref="Grace"/>; by then the lost one becomes the one before. Any earlier token has been stolen, or the later ones have:
/// its use ends the session. One statement, so of two uses at once the second sees what the first did.
/// </summary>
public static class RotateSession
{
    /// <summary>How long after its successor was made a token may be used once more.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromSeconds(30);

    // Served by the unique index on family_hash: one row.
    private static readonly Statement Statement = new("RotateSession", """
        with rotated as (
            update sessions
            set refresh_hash = $3, previous_hash = refresh_hash, generation = generation + 1, last_refreshed_at = clock_timestamp()
            where family_hash = $1
                and ended_at is null
                and last_refreshed_at > clock_timestamp() - $4
                and (refresh_hash = $2 or (previous_hash = $2 and last_refreshed_at > clock_timestamp() - $5))
            returning id, user_id
        ),
        ended as (
            update sessions
            set ended_at = clock_timestamp()
            where family_hash = $1 and ended_at is null and not exists (select from rotated)
            returning id, user_id
        )
        select id, user_id, false from ended
        union all
        select id, user_id, true from rotated
        """, "bytea, bytea, bytea, interval, interval");

    /// <summary>Null: no such session lives. Not <c>Rotated</c>: this call has ended it.</summary>
    public static async Task<Outcome?> RunAsync(
        NpgsqlDataSource database, RefreshToken used, RefreshToken next, CancellationToken cancellationToken)
    {
        var outcomes = await Statement.QueryAsync(
            database,
            row => new Outcome(row.GetGuid(0), row.GetGuid(1), row.GetBoolean(2)),
            cancellationToken,
            new NpgsqlParameter { Value = used.FamilyHash },
            new NpgsqlParameter { Value = used.Hash },
            new NpgsqlParameter { Value = next.Hash },
            new NpgsqlParameter { Value = Session.Lifetime, NpgsqlDbType = NpgsqlDbType.Interval },
            new NpgsqlParameter { Value = Grace, NpgsqlDbType = NpgsqlDbType.Interval });
        return outcomes.SingleOrDefault();
    }

    public sealed record Outcome(Guid SessionId, Guid UserId, bool Rotated);
}
