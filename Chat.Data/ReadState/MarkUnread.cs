using Chat.Data.Statements;
using Npgsql;

namespace Chat.Data.ReadState;

/// <summary>
/// Marks a conversation as unread for one member, and takes that back when they read it. The cursor stays, for others have been told that
/// the messages were read. A row in the user's own stream tells their other devices.
/// </summary>
public static class MarkUnread
{
    private const string TellOwnDevices = """
        , stream as (
            insert into user_streams (user_id, last_rev)
            select user_id, 1 from marked
            on conflict (user_id) do update set last_rev = user_streams.last_rev + 1
            returning user_id, last_rev
        ), user_change as (
            insert into user_changes (user_id, rev, conversation_id, seq) select user_id, last_rev, $1, 0 from stream
        )
        """;

    /// <summary>By primary keys, and with no lock but those of the member and their own stream.</summary>
    private static readonly Statement Mark = new("MarkUnread", $"""
        with me as (
            select user_id from members where conversation_id = $1 and user_id = $2 and left_at is null
        ), marked as (
            update members m set marked_unread = true
            from me
            where m.conversation_id = $1 and m.user_id = me.user_id and left_at is null and not marked_unread
            returning m.user_id
        ){TellOwnDevices}
        select (select last_rev from stream) from me
        """);

    /// <summary>The same, and the cursor moves in the same transaction, as <see cref="CursorWriter"/> would have moved it.</summary>
    private static readonly Statement Clear = new("ClearUnreadMark", $"""
        with me as (
            select m.user_id, m.marked_unread, last_seq, membership_version, member_count
            from members m
            join conversations c on c.id = m.conversation_id
            where m.conversation_id = $1 and m.user_id = $2 and left_at is null
            for no key update of m
        ), read as (
            update members m
            set marked_unread = false, read_seq = greatest(m.read_seq, least($3, last_seq)),
                delivered_seq = greatest(m.delivered_seq, least($3, last_seq))
            from me
            where m.conversation_id = $1 and m.user_id = me.user_id
            returning m.read_seq, m.delivered_seq
        ), marked as (
            select user_id from me where marked_unread
        ){TellOwnDevices}
        select (select last_rev from stream), $1, user_id, read_seq, delivered_seq, last_seq, membership_version, member_count from me, read
        """);

    /// <returns>Null: the user is no member. The rev of their own stream; none: it was marked before.</returns>
    public static async Task<OwnRev?> RunAsync(NpgsqlDataSource database, Guid conversationId, Guid userId, CancellationToken cancellationToken)
    {
        var rows = await Mark.QueryAsync(
            database, row => new OwnRev(row.IsDBNull(0) ? null : row.GetInt64(0)), cancellationToken,
            Parameter.Of(conversationId), Parameter.Of(userId));
        return rows.SingleOrDefault();
    }

    /// <summary>Takes the mark back and moves the cursor.</summary>
    /// <returns>Null: the user is no member. The rev of their own stream, if there was a mark, and where the cursors are now.</returns>
    public static async Task<(OwnRev Rev, CursorPosition Position)?> ClearAsync(
        NpgsqlDataSource database, Guid conversationId, Guid userId, long readSeq, CancellationToken cancellationToken)
    {
        var rows = await Clear.QueryAsync(
            database,
            row => (
                new OwnRev(row.IsDBNull(0) ? null : row.GetInt64(0)),
                new CursorPosition(
                    row.GetGuid(1), row.GetGuid(2), row.GetInt64(3), row.GetInt64(4), row.GetInt64(5), row.GetInt64(6), row.GetInt32(7))),
            cancellationToken, Parameter.Of(conversationId), Parameter.Of(userId), Parameter.Of(readSeq));
        return rows.Count == 0 ? null : rows[0];
    }
}

/// <param name="Value">Of the user's own stream; null: nothing has changed.</param>
public sealed record OwnRev(long? Value);
