using Chat.Data.Statements;
using Npgsql;

namespace Chat.Data.ReadState;

/// <summary>Moves a user's cursors to the last message of all their conversations, and takes back all marks.</summary>
public static class MarkAllRead
{
    private const int Attempts = 50;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    /// <summary>
    /// By members_user_id and the conversations' primary key. Rows that are held, by a message of the user's that is being committed, are passed
    /// over, as <see cref="MoveCursors"/> does and for the same reason, and told by their number.
    /// </summary>
    private static readonly Statement Statement = new("MarkAllRead", """
        with unread as (
            select m.conversation_id
            from members m
            join conversations c on c.id = m.conversation_id
            where m.user_id = $1 and left_at is null and (read_seq < last_seq or marked_unread)
        ), locked as (
            select m.conversation_id, m.marked_unread
            from unread
            join members m on m.conversation_id = unread.conversation_id and m.user_id = $1 and left_at is null
            for no key update of m skip locked
        ), moved as (
            update members m
            set read_seq = greatest(read_seq, last_seq), delivered_seq = greatest(delivered_seq, last_seq), marked_unread = false
            from locked
            join conversations c on c.id = locked.conversation_id
            where m.conversation_id = locked.conversation_id and m.user_id = $1
            returning m.conversation_id, read_seq, delivered_seq, last_seq, membership_version, member_count
        ), marked as (
            select conversation_id, row_number() over (order by conversation_id) as place from locked where marked_unread
        ), stream as (
            insert into user_streams (user_id, last_rev)
            select $1, count(*) from marked having count(*) > 0
            on conflict (user_id) do update set last_rev = user_streams.last_rev + excluded.last_rev
            returning last_rev
        ), user_change as (
            insert into user_changes (user_id, rev, conversation_id, seq)
            select $1, last_rev - (select count(*) from marked) + place, conversation_id, 0 from marked, stream
        )
        select (select count(*) from unread) - (select count(*) from locked), (select last_rev from stream),
               conversation_id, $1, read_seq, delivered_seq, last_seq, membership_version, member_count
        from (select) as always
        left join moved on true
        """);

    /// <returns>The rev of the user's own stream, where marks were taken back, and the cursors that moved; null: some were held all the time.</returns>
    public static async Task<(OwnRev Rev, IReadOnlyList<CursorPosition> Moved)?> RunAsync(
        NpgsqlDataSource database, Guid userId, CancellationToken cancellationToken)
    {
        var moved = new List<CursorPosition>();
        long? rev = null;
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var held = 0L;
            await Statement.QueryAsync(
                database,
                row =>
                {
                    (held, rev) = (row.GetInt64(0), row.IsDBNull(1) ? rev : row.GetInt64(1));
                    if (!row.IsDBNull(2))
                    {
                        moved.Add(new CursorPosition(
                            row.GetGuid(2), row.GetGuid(3), row.GetInt64(4), row.GetInt64(5), row.GetInt64(6), row.GetInt64(7), row.GetInt32(8)));
                    }

                    return held;
                },
                cancellationToken, Parameter.Of(userId));
            if (held == 0)
            {
                return (new OwnRev(rev), moved);
            }

            await Task.Delay(Pause, cancellationToken);
        }

        return null;
    }
}
