using Chat.Data.Statements;
using Npgsql;

namespace Chat.Data.ReadState;

/// <summary>Moves the cursors of many members of any conversations, forward only, in one statement that waits for nobody.</summary>
internal static class MoveCursors
{
    /// <summary>
    /// By the primary keys of members and conversations. Only who really moves is locked and written, and whoever holds a member's row
    /// (a message of theirs being committed, another replica) is passed over, so this holds up nothing but its own rows, for one commit: no
    /// order of locks can make two of these, or one and a batch of messages, wait for each other. A row changed meanwhile is taken as it is
    /// then. A seq beyond the last one means the last one.
    /// </summary>
    private static readonly Statement Move = new("MoveCursors", """
        with wanted as (
            select * from unnest($1, $2, $3, $4) with ordinality as wanted (conversation_id, user_id, read_seq, delivered_seq, n)
        ), target as (
            select n, m.conversation_id, m.user_id, m.read_seq, m.delivered_seq, last_seq, membership_version, member_count,
                   least(wanted.read_seq, last_seq) as to_read, least(greatest(wanted.read_seq, wanted.delivered_seq), last_seq) as to_delivered,
                   m.marked_unread and wanted.read_seq > 0 as marked
            from wanted
            join members m on (m.conversation_id, m.user_id) = (wanted.conversation_id, wanted.user_id) and left_at is null
            join conversations c on c.id = m.conversation_id
        ), locked as (
            select n
            from target
            join members m using (conversation_id, user_id)
            where left_at is null and (to_read > m.read_seq or to_delivered > m.delivered_seq) and not (m.marked_unread and to_read > 0)
            for no key update of m skip locked
        ), moved as (
            update members m
            set read_seq = greatest(m.read_seq, to_read), delivered_seq = greatest(m.delivered_seq, to_delivered)
            from target
            join locked using (n)
            where (m.conversation_id, m.user_id) = (target.conversation_id, target.user_id)
            returning n, m.read_seq, m.delivered_seq
        )
        select n, conversation_id, user_id, coalesce(moved.read_seq, target.read_seq), coalesce(moved.delivered_seq, target.delivered_seq),
               last_seq, membership_version, member_count, marked, moved.n is not null,
               moved.n is null and (to_read > target.read_seq or to_delivered > target.delivered_seq)
        from target
        left join moved using (n)
        """, "uuid[], uuid[], bigint[], bigint[]");

    /// <param name="moves">One of each member.</param>
    /// <returns>What came of each; null: the member's row was held, so it is to be tried again.</returns>
    /// <exception cref="NpgsqlException">The database refused it or could not be reached.</exception>
    public static async Task<CursorOutcome?[]> RunAsync(
        NpgsqlDataSource database, IReadOnlyList<CursorMove> moves, CancellationToken cancellationToken)
    {
        var outcomes = new CursorOutcome?[moves.Count];
        Array.Fill(outcomes, new CursorOutcome.NotMember());
        await Move.QueryBatchAsync(
            database, moves.Count, row => outcomes[row.GetInt64(0) - 1] = Map(row), cancellationToken,
            Parameter.Of(moves.Select(m => m.ConversationId).ToArray()), Parameter.Of(moves.Select(m => m.UserId).ToArray()),
            Parameter.Of(moves.Select(m => m.ReadSeq).ToArray()), Parameter.Of(moves.Select(m => m.DeliveredSeq).ToArray()));
        return outcomes;
    }

    private static CursorOutcome? Map(NpgsqlDataReader row) =>
        row.GetBoolean(8) ? new CursorOutcome.Marked()
        : row.GetBoolean(10) ? null
        : new CursorOutcome.At(
            new CursorPosition(
                row.GetGuid(1), row.GetGuid(2), row.GetInt64(3), row.GetInt64(4), row.GetInt64(5), row.GetInt64(6), row.GetInt32(7)),
            Moved: row.GetBoolean(9));
}
