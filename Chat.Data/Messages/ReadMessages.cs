using Chat.Contracts.Messages;
using Chat.Data.Conversations;
using Chat.Data.Polls;
using Chat.Data.Statements;
using Npgsql;

namespace Chat.Data.Messages;

/// <summary>
/// The history of a conversation, for its members, who see all of it but what they have deleted for themselves. The rev that comes
/// with a page is of the same snapshot: whatever the page does not show yet has a greater one. By the primary keys; a page costs the same wherever in the history it is.
/// </summary>
public static class ReadMessages
{
    /// <summary>
    /// Of a message <c>m</c> and the reader's membership <c>me</c>. Looked up for each message of a page, by primary key: 0.1 ms for 50
    /// messages with many reactions.
    /// </summary>
    internal const string OwnReactions = """
        array(
            select emoji from reactions r
            where (r.conversation_id, r.seq, r.user_id) = (m.conversation_id, m.seq, me.user_id)
            order by r.emoji)
        """;

    /// <summary>The same of the reader's vote; looked for on polls only.</summary>
    internal const string OwnVote = """
        case when m.kind = 'poll' then (
            select choices from votes v where (v.conversation_id, v.seq, v.user_id) = (m.conversation_id, m.seq, me.user_id)) end
        """;

    private static readonly Statement Before = new("ReadMessagesBefore", Page("seq < $3 order by seq desc"), "uuid, uuid, bigint, int");
    private static readonly Statement After = new("ReadMessagesAfter", Page("seq > $3 order by seq"), "uuid, uuid, bigint, int");

    /// <summary>Seq has no gaps, so the middle of a page is a matter of counting; near an end of the history it moves to stay full.</summary>
    private static readonly Statement Around = new(
        "ReadMessagesAround", Page("seq >= greatest(1, least($3 - $4 / 2, c.last_seq - $4 + 1)) order by seq"), "uuid, uuid, bigint, int");

    private static readonly Statement One = new("ReadMessage", $"""
        select {MessageRow.Columns}
        from members me
        join messages m on m.conversation_id = me.conversation_id and m.seq = $3
        where me.conversation_id = $1 and me.user_id = $2 and me.left_at is null and {HiddenMessages.LeftOut("m")}
        """, "uuid, uuid, bigint");

    /// <summary>The messages just before a seq; the latest, where it is beyond the last.</summary>
    /// <returns>Null where the user is no member.</returns>
    public static Task<MessagePage?> BeforeAsync(
        NpgsqlDataSource database, Guid conversationId, Guid userId, long before, int limit, CancellationToken cancellationToken) =>
        PageAsync(Before, database, conversationId, userId, before, limit, (page, _) => page[0].Seq > 1 ? page[0].Seq : null, cancellationToken);

    /// <summary>The messages just after a seq.</summary>
    /// <returns>Null where the user is no member.</returns>
    public static Task<MessagePage?> AfterAsync(
        NpgsqlDataSource database, Guid conversationId, Guid userId, long after, int limit, CancellationToken cancellationToken) =>
        PageAsync(After, database, conversationId, userId, after, limit, (page, last) => page[^1].Seq < last ? page[^1].Seq : null, cancellationToken);

    /// <summary>Half a page before a seq, itself, and half a page after; the latest, where it is beyond the last.</summary>
    /// <returns>Null where the user is no member.</returns>
    public static Task<MessagePage?> AroundAsync(
        NpgsqlDataSource database, Guid conversationId, Guid userId, long around, int limit, CancellationToken cancellationToken) =>
        PageAsync(Around, database, conversationId, userId, around, limit, (_, _) => null, cancellationToken);

    /// <summary>Null where there is no such message, or the user is no member.</summary>
    public static async Task<Message?> OneAsync(
        NpgsqlDataSource database, Guid conversationId, Guid userId, long seq, CancellationToken cancellationToken)
    {
        var rows = await One.QueryAsync(
            database, row => MessageRow.Map(row), cancellationToken, Parameter.Of(conversationId), Parameter.Of(userId), Parameter.Of(seq));
        return rows.SingleOrDefault();
    }

    /// <summary>Null where there is nothing of the reader's own.</summary>
    /// <param name="first">The ordinal of <see cref="OwnReactions"/>; <see cref="OwnVote"/> and the message's columns follow.</param>
    internal static OwnReactions? Mine(NpgsqlDataReader row, int first)
    {
        var (emoji, vote) = (row.GetFieldValue<string[]>(first), row.IsDBNull(first + 1) ? null : Choices.Options(row.GetInt32(first + 1)));
        return emoji.Length == 0 && vote is null ? null : new OwnReactions(row.GetInt64(first + 3), emoji, vote);
    }

    private static string Page(string range) => $"""
        select c.last_seq, c.last_rev, epoch, {OwnReactions}, {OwnVote}, {MessageRow.Columns}
        from members me
        join conversations c on c.id = me.conversation_id
        cross join installation
        left join lateral (select * from messages where conversation_id = c.id and {HiddenMessages.LeftOut("messages")} and {range} limit $4) m on true
        where me.conversation_id = $1 and me.user_id = $2 and me.left_at is null
        order by m.seq
        """;

    /// <param name="next">From the page's messages, if any, and the conversation's last seq: where the next page begins. Seq has no gaps.</param>
    private static async Task<MessagePage?> PageAsync(
        Statement statement, NpgsqlDataSource database, Guid conversationId, Guid userId, long seq, int limit,
        Func<List<Message>, long, long?> next, CancellationToken cancellationToken)
    {
        var rows = await statement.QueryAsync(
            database,
            row => (
                LastSeq: row.GetInt64(0), Token: new ChangesToken(row.GetGuid(2), row.GetInt64(1)),
                Mine: Mine(row, 3), Message: MessageRow.Map(row, first: 5)),
            cancellationToken, Parameter.Of(conversationId), Parameter.Of(userId), Parameter.Of(seq), Parameter.Of(limit));
        if (rows.Count == 0)
        {
            return null;
        }

        var (lastSeq, token, _, _) = rows[0];
        var messages = rows.Select(row => row.Message).OfType<Message>().ToList();
        return new MessagePage(
            messages, [.. rows.Select(row => row.Mine).OfType<OwnReactions>()],
            lastSeq, token.Rev, token.ToString(), messages.Count == 0 ? null : next(messages, lastSeq));
    }
}
