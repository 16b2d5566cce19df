using Chat.Data.Statements;
using Npgsql;

namespace Chat.Data.Files;

/// <summary>
/// Removes files that no message carries any more, and that are no conversation's picture. The uses are rows and are looked up, never counted up and down. Three things in this order, each
/// of which may be the last before a crash: the file's row goes and a row that says "remove its bytes" comes, in one transaction; the bytes go;
/// that row goes.
/// </summary>
public static class RemoveFiles
{
    /// <summary>In one pass.</summary>
    public const int Max = 200;

    /// <summary>By file_checks_due. What was claimed is remembered in a setting that ends with the transaction.</summary>
    private static readonly Statement Claim = new("ClaimFileChecks", """
        with due as (
            select id from file_checks where due_at <= clock_timestamp() order by due_at limit $1 for update skip locked
        )
        select set_config('chat.claimed', coalesce((select array_agg(id) from due)::text, '{}'), true)
        """);

    /// <summary>Whoever sends a message that carries one of them waits, and then does not find it; or we wait, and then see the message.</summary>
    private static readonly Statement Lock = new("LockFiles", """
        select count(*)
        from (
            select from files
            where id in (select file_id from file_checks where id = any (current_setting('chat.claimed')::bigint[]))
            order by id
            for update
        ) as locked
        """);

    /// <summary>By primary keys, file_uses_file and conversations_picture.</summary>
    private static readonly Statement Forget = new("ForgetFiles", """
        with claimed as (
            delete from file_checks where id = any (current_setting('chat.claimed')::bigint[]) returning file_id
        ), removed as (
            delete from files f
            where f.id in (select file_id from claimed) and not exists (select from file_uses u where u.file_id = f.id)
              and not exists (select from conversations c where c.picture_id = f.id and c.deleted_at is null)
            returning f.id, f.thumbnail_id
        ), queued as (
            insert into file_removals (file_id)
            select id from removed union all select thumbnail_id from removed where thumbnail_id is not null
            on conflict do nothing
        )
        select (select count(*) from claimed)::int
        """);

    private static readonly Statement Waiting = new("ReadFileRemovals", "select file_id from file_removals order by file_id limit $1");

    private static readonly Statement Done = new("ForgetFileRemovals", "delete from file_removals where file_id = any ($1)");

    /// <returns>How many files were looked at or removed.</returns>
    public static async Task<int> RunAsync(NpgsqlDataSource database, IFileStore store, CancellationToken cancellationToken)
    {
        var looked = await StatementBatch.QueryAsync(
            database, Forget, row => row.GetInt32(0), timeout: null, cancellationToken, Claim.Step(Parameter.Of(Max)), Lock.Step(), Forget.Step());
        var waiting = await Waiting.QueryAsync(database, row => row.GetGuid(0), cancellationToken, Parameter.Of(Max));
        foreach (var id in waiting)
        {
            await store.RemoveAsync(id, cancellationToken);
        }

        if (waiting.Count > 0)
        {
            await Done.ExecuteAsync(database, cancellationToken, Parameter.Of(waiting.ToArray()));
        }

        return looked[0] + waiting.Count;
    }
}
