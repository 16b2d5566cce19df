using Chat.Data.Statements;
using Npgsql;

namespace Chat.Data.Conversations;

/// <summary>
/// The first step of every batch that changes conversations: takes their locks in id order, so that two batches never wait for each
/// other. What comes after must see what the one before committed, hence a step of its own: a statement that waits for a lock
/// goes on with the snapshot it began with.
/// </summary>
internal static class LockConversations
{
    private static readonly Statement Lock = new("LockConversations", """
        select count(*) from (select from conversations where id = any ($1) order by id for no key update) as locked
        """, "uuid[]");

    private static readonly Statement SetTimeout = new("SetLockTimeout", "select set_config('lock_timeout', $1, true)");

    /// <summary>To be run before, by those for whom the role's lock_timeout is too long: until the batch's end.</summary>
    public static NpgsqlBatchCommand Within(TimeSpan timeout) => SetTimeout.Step(Parameter.Of($"{timeout.TotalMilliseconds:0}"));

    public static NpgsqlBatchCommand Step(params Guid[] ids) => Lock.Step(Parameter.Of(ids));
}
