using Chat.Data.Statements;
using Npgsql;

namespace Chat.Data.Files;

/// <summary>
/// Removes uploads that have expired or were ended: first the bytes, then the row, so that a worker killed in between leaves the rest to the next.
/// </summary>
public static class RemoveUploads
{
    /// <summary>In one pass.</summary>
    public const int Max = 100;

    /// <summary>By uploads_expires. Claimed for a while like by a writer: whoever writes to one is left alone.</summary>
    private static readonly Statement Claim = new("ClaimOldUploads", """
        with old as (
            select id from uploads
            where expires_at < clock_timestamp() and (writer_until is null or writer_until < clock_timestamp())
            order by expires_at
            limit $1
            for update skip locked
        )
        update uploads u
        set writer = $2, writer_until = clock_timestamp() + $3, ended_at = case when finished_at is null then coalesce(ended_at, clock_timestamp()) end
        from old
        where u.id = old.id
        returning u.id, finished_at is null
        """);

    /// <summary>By primary key.</summary>
    private static readonly Statement Forget = new("ForgetUploads", "delete from uploads where id = any ($1) and writer = $2");

    /// <returns>How many were removed.</returns>
    public static async Task<int> RunAsync(NpgsqlDataSource database, IFileStore store, CancellationToken cancellationToken)
    {
        var worker = Guid.NewGuid();
        var old = await Claim.QueryAsync(
            database, row => (Id: row.GetGuid(0), Unfinished: row.GetBoolean(1)), cancellationToken,
            Parameter.Of(Max), Parameter.Of(worker), Parameter.Of(TimeSpan.FromMinutes(1)));
        foreach (var (id, _) in old.Where(upload => upload.Unfinished))
        {
            // Killed between sealing and the file's row, it is under the file's name; without that row nobody else has it.
            await store.RemoveUploadAsync(id, cancellationToken);
            await store.RemoveAsync(id, cancellationToken);
        }

        if (old.Count > 0)
        {
            await Forget.ExecuteAsync(database, cancellationToken, Parameter.Of(old.Select(upload => upload.Id).ToArray()), Parameter.Of(worker));
        }

        return old.Count;
    }
}
