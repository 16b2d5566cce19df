using Chat.Data.Statements;
using Npgsql;

namespace Chat.Data.Files;

/// <summary>What is known of files, and of uploads on their way.</summary>
public static class ReadFiles
{
    /// <summary>For its owner, and the members of every conversation that has a message which carries it, or has it as its picture. By primary keys,
    /// file_uses_file and conversations_picture.</summary>
    private static readonly Statement OneFor = new("ReadFile", $"""
        select {FileRow.Columns}
        from files f
        where f.id = $1 and (f.owner_id = $2 or exists (
            select
            from file_uses u
            join members m on (m.conversation_id, m.user_id) = (u.conversation_id, $2) and m.left_at is null
            where u.file_id = f.id and not exists (
                select from hidden_messages h where (h.user_id, h.conversation_id, h.seq) = ($2, u.conversation_id, u.seq))) or exists (
            select
            from conversations c
            join members m on (m.conversation_id, m.user_id) = (c.id, $2) and m.left_at is null
            where c.picture_id = f.id))
        """);

    /// <summary>For who has a link to it or to its thumbnail. By primary key and files_thumbnail.</summary>
    private static readonly Statement OneToSend = new("ReadFileToSend", $"""
        select {FileRow.Columns} from files f where f.id = $1
        union all
        select {FileRow.Columns} from files f where f.thumbnail_id = $1
        """);

    private static readonly Statement OneUpload = new("ReadUpload", $"""
        select {UploadRow.Columns}
        from uploads u
        where u.id = $1 and u.owner_id = $2 and u.ended_at is null and (u.expires_at > clock_timestamp() or u.finished_at is not null)
        """);

    /// <returns>Null where there is none that the user may know of.</returns>
    public static async Task<FileFacts?> ForAsync(NpgsqlDataSource database, Guid id, Guid userId, CancellationToken cancellationToken) =>
        (await OneFor.QueryAsync(database, FileRow.Map, cancellationToken, Parameter.Of(id), Parameter.Of(userId))).SingleOrDefault();

    public static async Task<FileFacts?> ToSendAsync(NpgsqlDataSource database, Guid id, CancellationToken cancellationToken) =>
        (await OneToSend.QueryAsync(database, FileRow.Map, cancellationToken, Parameter.Of(id))).SingleOrDefault();

    /// <returns>Null where there is none, it has expired, was ended, or is another's.</returns>
    public static async Task<Upload?> UploadAsync(NpgsqlDataSource database, Guid id, Guid ownerId, CancellationToken cancellationToken) =>
        (await OneUpload.QueryAsync(database, row => UploadRow.Map(row), cancellationToken, Parameter.Of(id), Parameter.Of(ownerId)))
        .SingleOrDefault();
}
