using Chat.Data.Statements;
using Npgsql;

namespace Chat.Data.Files.Scanning;

/// <summary>
/// Which file is to be scanned next, and what is known of it then. A claim puts the file off, so that one worker is at it; a killed worker's comes
/// up again. What was found to be harmful leaves the store: links that were given out get nothing either.
/// </summary>
public static class ScanFiles
{
    /// <summary>Longer than a scan takes.</summary>
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(10);

    /// <summary>By files_scan.</summary>
    private static readonly Statement Claim = new("ClaimFileToScan", """
        with due as (
            select id from files where scan = 'pending' and scan_at <= clock_timestamp() order by scan_at limit 1 for update skip locked
        )
        update files f set scan_at = clock_timestamp() + $1 from due where f.id = due.id
        returning f.id, f.thumbnail_id
        """);

    /// <summary>By primary key. One that got its thumbnail meanwhile is due again.</summary>
    private static readonly Statement Pass = new("PassFile", """
        update files
        set scan = case when thumbnail_id is not distinct from $2 then 'clean' else scan end, scan_at = clock_timestamp()
        where id = $1 and scan = 'pending'
        """);

    /// <summary>By primary key.</summary>
    private static readonly Statement Block = new("BlockFile", """
        with blocked as (
            update files set scan = 'blocked', scan_at = null, scan_found = $2 where id = $1 and scan = 'pending' returning id, thumbnail_id
        )
        insert into file_removals (file_id)
        select id from blocked union all select thumbnail_id from blocked where thumbnail_id is not null
        on conflict do nothing
        """);

    /// <summary>By primary key.</summary>
    private static readonly Statement Put = new("PutOffScan", "update files set scan_at = clock_timestamp() + $2 where id = $1 and scan = 'pending'");

    /// <returns>Null: none is due.</returns>
    public static async Task<(Guid Id, Guid? ThumbnailId)?> ClaimAsync(NpgsqlDataSource database, CancellationToken cancellationToken)
    {
        var due = await Claim.QueryAsync(
            database, row => (row.GetGuid(0), row.IsDBNull(1) ? (Guid?)null : row.GetGuid(1)), cancellationToken, Parameter.Of(Lease));
        return due.Count == 0 ? null : due[0];
    }

    public static Task PassAsync(NpgsqlDataSource database, Guid id, Guid? thumbnailId, CancellationToken cancellationToken) =>
        Pass.ExecuteAsync(database, cancellationToken, Parameter.Of(id), Parameter.OrNull(thumbnailId, NpgsqlTypes.NpgsqlDbType.Uuid));

    public static Task BlockAsync(NpgsqlDataSource database, Guid id, string found, CancellationToken cancellationToken) =>
        Block.ExecuteAsync(database, cancellationToken, Parameter.Of(id), Parameter.Of(found.Replace("\0", "", StringComparison.Ordinal)));

    public static Task PutOffAsync(NpgsqlDataSource database, Guid id, TimeSpan by, CancellationToken cancellationToken) =>
        Put.ExecuteAsync(database, cancellationToken, Parameter.Of(id), Parameter.Of(by));
}
