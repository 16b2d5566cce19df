using Chat.Contracts.Messages;
using Chat.Data.Conversations;
using Chat.Data.Statements;
using Npgsql;

namespace Chat.Data.Messages;

/// <summary>The messages that stand in a thread under another, for the conversation's members. The rev is of the same snapshot.</summary>
public static class ReadThread
{
    /// <summary>By the primary keys and messages_thread, in its order.</summary>
    private static readonly Statement Statement = new("ReadThread", $"""
        select c.last_seq, c.last_rev, epoch, {ReadMessages.OwnReactions}, {ReadMessages.OwnVote}, {MessageRow.Columns}
        from members me
        join conversations c on c.id = me.conversation_id
        join messages root on root.conversation_id = c.id and root.seq = $3
        cross join installation
        left join lateral (
            select * from messages
            where conversation_id = c.id and thread_root = $3 and seq > $4 and {HiddenMessages.LeftOut("messages")}
            order by seq
            limit $5
        ) m on true
        where me.conversation_id = $1 and me.user_id = $2 and me.left_at is null and {HiddenMessages.LeftOut("root")}
        order by m.seq
        """, "uuid, uuid, bigint, bigint, int");

    /// <param name="after">The seq of the last message of the page before; 0 begins with the first.</param>
    /// <returns>Null where there is no such message, or the user is no member.</returns>
    public static async Task<MessagePage?> RunAsync(
        NpgsqlDataSource database, Guid conversationId, Guid userId, long root, long after, int limit, CancellationToken cancellationToken)
    {
        var rows = await Statement.QueryAsync(
            database,
            row => (
                LastSeq: row.GetInt64(0), Token: new ChangesToken(row.GetGuid(2), row.GetInt64(1)),
                Mine: ReadMessages.Mine(row, 3), Message: MessageRow.Map(row, first: 5)),
            cancellationToken, Parameter.Of(conversationId), Parameter.Of(userId), Parameter.Of(root), Parameter.Of(after),
            Parameter.Of(limit + 1));
        if (rows.Count == 0)
        {
            return null;
        }

        var (lastSeq, token, _, _) = rows[0];
        var page = rows.Where(row => row.Message is not null).Take(limit).ToList();
        return new MessagePage(
            [.. page.Select(row => row.Message!)],
            [.. page.Select(row => row.Mine).OfType<OwnReactions>()],
            lastSeq, token.Rev, token.ToString(), rows.Count > limit ? page[^1].Message!.Seq : null);
    }
}
