using Chat.Contracts.Messages;
using Chat.Data.Statements;
using Npgsql;

namespace Chat.Data.Messages;

/// <summary>The pinned messages of a conversation, for its members: a bounded number, so one page.</summary>
public static class ReadPins
{
    /// <summary>By the primary keys of pins and messages.</summary>
    private static readonly Statement Statement = new("ReadPins", $"""
        select {MessageRow.Columns}
        from members me
        left join lateral (
            select messages.*
            from pins
            join messages using (conversation_id, seq)
            where pins.conversation_id = me.conversation_id and {HiddenMessages.LeftOut("messages")}
        ) m on true
        where me.conversation_id = $1 and me.user_id = $2 and me.left_at is null
        order by m.pinned_at desc, m.seq desc
        """);

    /// <returns>Null where the user is no member.</returns>
    public static async Task<PinList?> RunAsync(
        NpgsqlDataSource database, Guid conversationId, Guid userId, CancellationToken cancellationToken)
    {
        var rows = await Statement.QueryAsync(
            database, row => MessageRow.Map(row), cancellationToken, Parameter.Of(conversationId), Parameter.Of(userId));
        return rows.Count == 0 ? null : new PinList([.. rows.OfType<Message>()]);
    }
}
