using Chat.Data.Statements;
using Npgsql;

namespace Chat.Data.Blocks;

/// <summary>Blocks somebody, or no longer. Nobody is told of it. A message that is being committed meanwhile may still come.</summary>
public static class ChangeBlock
{
    /// <summary>One of a user's blocks at a time, or two could both be the last that is allowed.</summary>
    private static readonly Statement Lock = new("LockBlocks", """
        select pg_advisory_xact_lock(hashtextextended(concat_ws('/', 'blocks', $1), 0))
        """);

    private static readonly Statement Add = new("BlockUser", """
        with target as (
            select id, exists (select from blocks where (user_id, blocked_id) = ($1, users.id)) as known from users where id = $2
        ), present as (
            select count(*) as count from blocks where user_id = $1
        ), added as (
            insert into blocks (user_id, blocked_id) select $1, id from target, present where not known and count < $3
        )
        select known or count < $3 from target, present
        """);

    private static readonly Statement Remove = new("UnblockUser", "delete from blocks where (user_id, blocked_id) = ($1, $2)");

    /// <param name="blockedId">Somebody else.</param>
    /// <returns>Null: there is no such user. False: the user blocks as many as one may.</returns>
    public static async Task<bool?> AddAsync(
        NpgsqlDataSource database, Guid userId, Guid blockedId, int max, CancellationToken cancellationToken)
    {
        var rows = await StatementBatch.QueryAsync(
            database, Add, row => row.GetBoolean(0), timeout: null, cancellationToken,
            Lock.Step(Parameter.Of(userId)), Add.Step(Parameter.Of(userId), Parameter.Of(blockedId), Parameter.Of((long)max)));
        return rows is [var done] ? done : null;
    }

    /// <summary>They need not be blocked.</summary>
    public static Task RemoveAsync(NpgsqlDataSource database, Guid userId, Guid blockedId, CancellationToken cancellationToken) =>
        Remove.ExecuteAsync(database, cancellationToken, Parameter.Of(userId), Parameter.Of(blockedId));
}
