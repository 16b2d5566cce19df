using Chat.Data.Statements;
using Npgsql;

namespace Chat.Data.Files;

/// <summary>
/// Compares the store with the table: every file has its bytes, all of them, and no bytes are there without a file, an upload or an order to remove
/// them. Bytes that belong to nothing, which only a crash or a hand leaves behind, are removed once they are old enough to be in nobody's hands.
/// </summary>
public static class AuditFiles
{
    private const int PageSize = 1_000;

    /// <summary>Longer than any request: what is younger may be on its way to its row.</summary>
    private static readonly TimeSpan OldEnough = TimeSpan.FromHours(1);

    private static readonly Statement Page = new("ReadFilesToAudit", """
        select id, size, thumbnail_id from files where id > $1 and sha256 is not null and scan <> 'blocked' and created_at < clock_timestamp() - $3 order by id limit $2
        """);

    /// <summary>By primary keys and files_thumbnail.</summary>
    private static readonly Statement Unknown = new("FindOrphans", """
        select id, is_upload
        from unnest($1, $2) as stored (id, is_upload)
        where case when is_upload
            then not exists (select from uploads u where u.id = stored.id and finished_at is null)
            else not exists (select from files f where f.id = stored.id)
                and not exists (select from files f where f.thumbnail_id = stored.id)
                and not exists (select from uploads u where u.id = stored.id and finished_at is null)
        end
        """);

    private static readonly Statement Save = new("SaveFileAudit", """
        insert into file_audit (finished_at, files, missing, wrong_size, orphans) values (clock_timestamp(), $1, $2, $3, $4)
        on conflict (one) do update
        set finished_at = excluded.finished_at, files = excluded.files, missing = excluded.missing, wrong_size = excluded.wrong_size,
            orphans = excluded.orphans
        """);

    /// <param name="young">What is younger is passed over; null: an hour.</param>
    public static async Task<FileAudit> RunAsync(
        NpgsqlDataSource database, IFileStore store, TimeSpan? young, CancellationToken cancellationToken)
    {
        var audit = await CompareFilesAsync(database, store, young ?? OldEnough, cancellationToken);
        audit = audit with { Orphans = await RemoveOrphansAsync(database, store, young ?? OldEnough, cancellationToken) };
        await Save.ExecuteAsync(
            database, cancellationToken,
            Parameter.Of(audit.Files), Parameter.Of(audit.Missing), Parameter.Of(audit.WrongSize), Parameter.Of(audit.Orphans));
        return audit;
    }

    private static async Task<FileAudit> CompareFilesAsync(
        NpgsqlDataSource database, IFileStore store, TimeSpan young, CancellationToken cancellationToken)
    {
        var audit = new FileAudit(0, 0, 0, 0);
        for (var after = Guid.Empty; ;)
        {
            var page = await Page.QueryAsync(
                database, row => (Id: row.GetGuid(0), Size: row.GetInt64(1), Thumbnail: row.IsDBNull(2) ? (Guid?)null : row.GetGuid(2)), cancellationToken,
                Parameter.Of(after), Parameter.Of(PageSize), Parameter.Of(young));
            foreach (var (id, size, thumbnail) in page)
            {
                var stored = await store.SizeAsync(id, cancellationToken);
                var isWhole = thumbnail is not { } small || await store.SizeAsync(small, cancellationToken) is not null;
                audit = audit with
                {
                    Files = audit.Files + 1,
                    Missing = audit.Missing + (stored is null || !isWhole ? 1 : 0),
                    WrongSize = audit.WrongSize + (stored is not null && stored != size ? 1 : 0),
                };
            }

            if (page.Count < PageSize)
            {
                return audit;
            }

            after = page[^1].Id;
        }
    }

    private static async Task<long> RemoveOrphansAsync(
        NpgsqlDataSource database, IFileStore store, TimeSpan young, CancellationToken cancellationToken)
    {
        var (removed, page) = (0L, new List<StoredBytes>());
        await foreach (var stored in store.ListAsync(cancellationToken))
        {
            if (DateTimeOffset.UtcNow - stored.WrittenAt > young)
            {
                page.Add(stored);
            }

            if (page.Count == PageSize)
            {
                removed += await RemoveAsync(database, store, page, cancellationToken);
                page.Clear();
            }
        }

        return removed + await RemoveAsync(database, store, page, cancellationToken);
    }

    private static async Task<long> RemoveAsync(
        NpgsqlDataSource database, IFileStore store, List<StoredBytes> page, CancellationToken cancellationToken)
    {
        var unknown = await Unknown.QueryAsync(
            database, row => (Id: row.GetGuid(0), IsUpload: row.GetBoolean(1)), cancellationToken,
            Parameter.Of(page.Select(stored => stored.Id).ToArray()), Parameter.Of(page.Select(stored => stored.IsUpload).ToArray()));
        foreach (var (id, isUpload) in unknown)
        {
            await (isUpload ? store.RemoveUploadAsync(id, cancellationToken) : store.RemoveAsync(id, cancellationToken));
        }

        return unknown.Count;
    }
}

/// <param name="Files">How many were looked at.</param>
/// <param name="Missing">Files of which bytes are not there, their own or their thumbnail's.</param>
/// <param name="WrongSize">Files with more or fewer bytes than they should have.</param>
/// <param name="Orphans">Bytes that belonged to nothing, and were removed.</param>
public sealed record FileAudit(long Files, long Missing, long WrongSize, long Orphans)
{
    public bool Agrees => (Missing, WrongSize) == (0, 0);
}
