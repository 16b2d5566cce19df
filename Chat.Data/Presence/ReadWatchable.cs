using Chat.Data.Statements;
using Npgsql;

namespace Chat.Data.Presence;

/// <summary>Whose presence somebody may see: those who share a conversation with them, neither having blocked the other.</summary>
public static class ReadWatchable
{
    /// <summary>By the index members_user_id on both sides, and the primary key of blocks. Who may not be seen and who does not exist are alike.</summary>
    private static readonly Statement Watchable = new("ReadWatchable", """
        select u.id
        from unnest($2::uuid[]) u (id)
        where exists (
            select from members mine
            join members theirs on theirs.conversation_id = mine.conversation_id
            where mine.user_id = $1 and mine.left_at is null and theirs.user_id = u.id and theirs.left_at is null
        ) and not exists (select from blocks where (user_id, blocked_id) in (($1, u.id), (u.id, $1)))
        """);

    /// <exception cref="NpgsqlException">The database refused it or could not be reached.</exception>
    public static Task<List<Guid>> RunAsync(NpgsqlDataSource database, Guid userId, Guid[] users, CancellationToken cancellationToken) =>
        Watchable.QueryAsync(
            database, row => row.GetGuid(0), cancellationToken, new NpgsqlParameter { Value = userId }, new NpgsqlParameter { Value = users });
}
