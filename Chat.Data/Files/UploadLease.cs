using Chat.Data.Statements;
using Npgsql;
using NpgsqlTypes;

namespace Chat.Data.Files;

/// <summary>
/// The right to write to an upload, which one request at a time has, at whatever replica. It ends with the request, or by itself a while after
/// its process was killed.
/// </summary>
public sealed class UploadLease
{
    /// <summary>Renewed with every <see cref="SaveAsync"/>; who writes saves more often than this.</summary>
    public static readonly TimeSpan Length = TimeSpan.FromSeconds(20);

    /// <summary>By primary key.</summary>
    private static readonly Statement Claim = new("ClaimUpload", $"""
        with claimed as (
            update uploads set writer = $3, writer_until = clock_timestamp() + $4
            where id = $1 and owner_id = $2 and finished_at is null and ended_at is null and expires_at > clock_timestamp()
              and received = $5 and (writer_until is null or writer_until < clock_timestamp())
            returning id
        )
        select exists (select from claimed), {UploadRow.Columns}
        from uploads u
        where u.id = $1 and u.owner_id = $2 and u.ended_at is null and (u.expires_at > clock_timestamp() or u.finished_at is not null)
        """);

    /// <summary>By primary key, and no index is on what it changes.</summary>
    private static readonly Statement Save = new("SaveUpload", """
        update uploads set received = $3, writer_until = case when $4 then clock_timestamp() + $5 end
        where id = $1 and writer = $2 and finished_at is null and ended_at is null
        """);

    /// <summary>By primary keys. The file is to be looked at once more when it may have gone unused for too long.</summary>
    private static readonly Statement Finish = new("FinishUpload", $"""
        with upload as (
            update uploads
            set finished_at = clock_timestamp(), received = $3, size = $3, writer_until = null
            where id = $1 and writer = $2 and finished_at is null and ended_at is null
            returning *
        ), file as (
            insert into files (id, owner_id, name, media_type, size, width, height, duration_ms, sha256, encrypted, metadata, scan, scan_at)
            select id, owner_id, name, $4, size, $5, $6, duration_ms, $7, encrypted, metadata, $8,
                   case when $8 = 'pending' then clock_timestamp() end
            from upload
            returning *
        ), to_check as (
            insert into file_checks (file_id, due_at) select id, clock_timestamp() + $9 from file
        )
        select {FileRow.Columns} from file f
        """);

    private readonly NpgsqlDataSource _database;
    private readonly Guid _writer;

    private UploadLease(NpgsqlDataSource database, Guid writer, Upload upload) => (_database, _writer, Upload) = (database, writer, upload);

    /// <summary>As it was when the lease was had.</summary>
    public Upload Upload { get; }

    /// <param name="offset">Where the writer goes on; the lease is had only there.</param>
    public static async Task<LeaseOutcome> ClaimAsync(
        NpgsqlDataSource database, Guid id, Guid ownerId, long offset, CancellationToken cancellationToken)
    {
        var writer = Guid.NewGuid();
        var rows = await Claim.QueryAsync(
            database, row => (Claimed: row.GetBoolean(0), Upload: UploadRow.Map(row, first: 1)), cancellationToken,
            Parameter.Of(id), Parameter.Of(ownerId), Parameter.Of(writer), Parameter.Of(Length), Parameter.Of(offset));
        return rows switch
        {
            [] => new LeaseOutcome.NotFound(),
            [(true, var upload)] => new LeaseOutcome.Had(new UploadLease(database, writer, upload)),
            [(_, { Finished: true } upload)] when offset == upload.Size => new LeaseOutcome.Finished(upload),
            [(_, var upload)] when offset != upload.Received => new LeaseOutcome.WrongOffset(upload.Received),
            _ => new LeaseOutcome.Taken(),
        };
    }

    /// <summary>So many bytes are in the store for good.</summary>
    /// <param name="goOn">Keeps the lease; else it ends.</param>
    /// <returns>False: the lease is another's, or the upload was ended.</returns>
    public async Task<bool> SaveAsync(long received, bool goOn, CancellationToken cancellationToken) => await Save.ExecuteAsync(
        _database, cancellationToken,
        Parameter.Of(Upload.Id), Parameter.Of(_writer), Parameter.Of(received), Parameter.Of(goOn), Parameter.Of(Length)) == 1;

    /// <summary>Makes it a file, whose bytes are in the store under the same id.</summary>
    /// <returns>Null: the lease is another's, or the upload was ended.</returns>
    public async Task<FileFacts?> FinishAsync(
        long size, string mediaType, (int Width, int Height)? pixels, byte[] sha256, bool scan, TimeSpan keepUnusedFor,
        CancellationToken cancellationToken)
    {
        var rows = await Finish.QueryAsync(
            _database, FileRow.Map, cancellationToken,
            Parameter.Of(Upload.Id), Parameter.Of(_writer), Parameter.Of(size), Parameter.Of(mediaType),
            Parameter.OrNull(pixels?.Width ?? Upload.Description.Width, NpgsqlDbType.Integer),
            Parameter.OrNull(pixels?.Height ?? Upload.Description.Height, NpgsqlDbType.Integer),
            Parameter.Of(sha256), Parameter.Of(scan ? "pending" : "unscanned"), Parameter.Of(keepUnusedFor));
        return rows.SingleOrDefault();
    }
}

/// <summary>What came of wanting to write to an upload.</summary>
public abstract record LeaseOutcome
{
    private LeaseOutcome()
    {
    }

    public sealed record Had(UploadLease Lease) : LeaseOutcome;

    /// <summary>It has all its bytes, and is a file.</summary>
    public sealed record Finished(Upload Upload) : LeaseOutcome;

    public sealed record WrongOffset(long Received) : LeaseOutcome;

    /// <summary>Another request writes to it, or did until just now.</summary>
    public sealed record Taken : LeaseOutcome;

    /// <summary>There is none, it has expired, was ended, or is another's.</summary>
    public sealed record NotFound : LeaseOutcome;
}
