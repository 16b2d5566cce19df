using Chat.Contracts.Files;
using Chat.Data.Statements;
using Npgsql;
using NpgsqlTypes;

namespace Chat.Data.Files;

/// <summary>Gives a file its thumbnail, whose bytes are in the store under an id of its own. A file has one at most, and keeps it.</summary>
public static class SetThumbnail
{
    /// <summary>By primary key.</summary>
    private static readonly Statement Own = new("ReadOwnFile", $"select {FileRow.Columns} from files f where f.id = $1 and f.owner_id = $2");

    /// <summary>By primary key. What comes after a scan is scanned, and the file with it.</summary>
    private static readonly Statement Set = new("SetThumbnail", $"""
        update files f
        set thumbnail_id = $3, thumbnail_type = $4, thumbnail_width = $5, thumbnail_height = $6,
            scan = case when $7 and scan = 'clean' then 'pending' else scan end, scan_at = case when $7 then clock_timestamp() end
        where f.id = $1 and f.owner_id = $2 and f.thumbnail_id is null and f.scan <> 'blocked'
        returning {FileRow.Columns}
        """);

    /// <summary>A file, for its owner; null where they have none like that.</summary>
    public static async Task<FileFacts?> ReadAsync(NpgsqlDataSource database, Guid id, Guid ownerId, CancellationToken cancellationToken) =>
        (await Own.QueryAsync(database, FileRow.Map, cancellationToken, Parameter.Of(id), Parameter.Of(ownerId))).SingleOrDefault();

    /// <param name="scan">Whether files are scanned.</param>
    /// <returns>Null: it has one already, or is gone.</returns>
    public static async Task<FileFacts?> RunAsync(
        NpgsqlDataSource database, Guid id, Guid ownerId, Thumbnail thumbnail, bool scan, CancellationToken cancellationToken)
    {
        var rows = await Set.QueryAsync(
            database, FileRow.Map, cancellationToken,
            Parameter.Of(id), Parameter.Of(ownerId), Parameter.Of(thumbnail.Id), Parameter.Of(thumbnail.MediaType),
            Parameter.OrNull(thumbnail.Width, NpgsqlDbType.Integer), Parameter.OrNull(thumbnail.Height, NpgsqlDbType.Integer), Parameter.Of(scan));
        return rows.SingleOrDefault();
    }
}
