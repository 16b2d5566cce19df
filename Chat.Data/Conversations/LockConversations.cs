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
        """);

    public static NpgsqlBatchCommand Step(params Guid[] ids) => Lock.Step(Parameter.Of(ids));
}
