using Chat.Data.Statements;
using Npgsql;
using NpgsqlTypes;

namespace Chat.Data.Files;

/// <summary>
/// Begins an upload where its owner's rate and quota allow it. The owner's row is locked first, and a later statement counts: uploads begun at
/// once at several replicas cannot pass together where one may.
/// </summary>
public static class BeginUpload
{
    private static readonly Statement Lock = new("LockUploader", "select id from users where id = $1 for no key update");

    /// <summary>By uploads_owner, files_owner (from the index alone) and the primary key.</summary>
    private static readonly Statement Statement = new("BeginUpload", """
        with owned as (
            select (select count(*) from uploads where owner_id = $2 and created_at > clock_timestamp() - interval '1 minute') as recent,
                   (select min(created_at) from uploads where owner_id = $2 and created_at > clock_timestamp() - interval '1 minute') as oldest,
                   (select coalesce(sum(size), 0) from files where owner_id = $2)
                       + (select coalesce(sum(size), 0) from uploads
                          where owner_id = $2 and finished_at is null and ended_at is null and expires_at > clock_timestamp()) as used
        ), begun as (
            insert into uploads (id, owner_id, size, name, media_type, width, height, duration_ms, encrypted, metadata, expires_at)
            select $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, clock_timestamp() + $11
            from owned
            where recent < $12 and used + $3 <= $13
            returning expires_at
        )
        select recent >= $12, coalesce(extract(epoch from oldest + interval '1 minute' - clock_timestamp())::float8, 0), (select expires_at from begun)
        from owned
        """);

    /// <param name="size">In bytes.</param>
    /// <param name="keepFor">After this it is removed if it is not finished.</param>
    public static async Task<BeginOutcome> RunAsync(
        NpgsqlDataSource database, Guid id, Guid ownerId, long size, FileDescription file, TimeSpan keepFor, FilesOptions options,
        CancellationToken cancellationToken)
    {
        var rows = await StatementBatch.QueryAsync(
            database, Statement,
            row => (TooMany: row.GetBoolean(0), Wait: row.GetDouble(1), ExpiresAt: row.IsDBNull(2) ? null : (DateTimeOffset?)row.GetFieldValue<DateTimeOffset>(2)),
            timeout: null, cancellationToken,
            Lock.Step(Parameter.Of(ownerId)),
            Statement.Step(
                Parameter.Of(id), Parameter.Of(ownerId), Parameter.Of(size), Parameter.Of(file.Name), Parameter.Of(file.MediaType),
                Parameter.OrNull(file.Width, NpgsqlDbType.Integer), Parameter.OrNull(file.Height, NpgsqlDbType.Integer),
                Parameter.OrNull(file.DurationMs, NpgsqlDbType.Integer), Parameter.Of(file.Encrypted),
                Parameter.OrNull(file.Metadata, NpgsqlDbType.Text), Parameter.Of(keepFor), Parameter.Of((long)options.UploadsPerMinute),
                Parameter.Of(options.QuotaBytes)));
        return rows[0] switch
        {
            { ExpiresAt: { } expiresAt } => new BeginOutcome.Begun(expiresAt),
            { TooMany: true, Wait: var wait } => new BeginOutcome.TooMany(TimeSpan.FromSeconds(Math.Clamp(wait, 1, 60))),
            _ => new BeginOutcome.NoRoom(),
        };
    }
}

/// <summary>What came of wanting to upload.</summary>
public abstract record BeginOutcome
{
    private BeginOutcome()
    {
    }

    public sealed record Begun(DateTimeOffset ExpiresAt) : BeginOutcome;

    /// <summary>The user has begun as many as may be in a minute.</summary>
    public sealed record TooMany(TimeSpan RetryAfter) : BeginOutcome;

    /// <summary>The user's files would be more than the quota.</summary>
    public sealed record NoRoom : BeginOutcome;
}
