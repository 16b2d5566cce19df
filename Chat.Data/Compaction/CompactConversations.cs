using Chat.Data.Statements;
using Npgsql;

namespace Chat.Data.Compaction;

/// <summary>
/// Looks after the streams of conversations that are due: gives up revs that are too old or too many, and removes rows that nobody can
/// need. May be stopped anywhere, and run by many workers at once; who reads or writes waits for none of it.
/// </summary>
public static class CompactConversations
{
    /// <summary>Visited in one pass.</summary>
    public const int MaxConversations = 50;

    /// <summary>Rows of changes looked at in one pass; a stream that has more is gone on with in the next.</summary>
    public const int MaxRows = 50_000;

    /// <summary>
    /// By conversations_compact_at. Conversations that are being written to are passed over, for the next pass; so this waits for no
    /// lock, and the order in which it takes them does not matter. From the commit on tokens from before kept_rev are gone; the
    /// rows are removed later. While a scan is under way kept_rev stays, or rows behind the scan would be forgotten.
    /// </summary>
    private static readonly Statement Visit = new("VisitConversations", """
        with due as (
            select id from conversations where compact_at <= now() order by compact_at limit $1 for no key update skip locked
        ), visited as (
            update conversations c
            set compact_at = now() + $2,
                kept_rev = case when k.scanned_rev is null
                                then greatest(c.kept_rev, c.last_rev - $3, case when k.marked_at < now() - $4 then k.marked_rev end)
                                else c.kept_rev end
            from due
            left join compactions k on k.conversation_id = due.id
            where c.id = due.id
            returning c.id, c.last_seq, c.last_rev, c.kept_rev, k.removed_rev, k.scanned_rev, k.settled
        ), marked as (
            insert into compactions (conversation_id, marked_rev, marked_at) select id, last_rev, now() from visited
            on conflict (conversation_id) do update set marked_rev = excluded.marked_rev, marked_at = excluded.marked_at
            where compactions.marked_at < now() - $4 and compactions.scanned_rev is null
        )
        select id, last_seq, last_rev, kept_rev, scanned_rev is not null, coalesce(scanned_rev, removed_rev, 0), coalesce(settled, 0)
        from visited
        """);

    /// <summary>By primary key. A stream that was not finished is due at once.</summary>
    private static readonly Statement Remember = new("RememberCompaction", """
        with conversation as (
            update conversations set compact_at = now() where id = $1 and $3
        )
        update compactions
        set removed_rev = case when $3 then removed_rev else $4 end, scanned_rev = case when $3 then $2 end, settled = $5
        where conversation_id = $1
        """);

    /// <returns>How many conversations were visited, and how many rows removed.</returns>
    public static async Task<(int Visited, long Removed)> RunAsync(
        NpgsqlDataSource database, CompactionBounds bounds, CancellationToken cancellationToken)
    {
        var streams = await Visit.QueryAsync(
            database, Map, cancellationToken,
            Parameter.Of(MaxConversations), Parameter.Of(bounds.Every), Parameter.Of(bounds.KeepRevs), Parameter.Of(bounds.KeepFor));
        var (rows, removed) = (0L, 0L);
        foreach (var stream in streams.Where(s => s.End(bounds) > s.From))
        {
            var (from, to) = (stream.From, stream.End(bounds));
            while (from < to && rows < MaxRows)
            {
                var piece = await RemoveChanges.RunAsync(database, stream.ConversationId, from, to, stream.KeptRev, cancellationToken);
                (from, rows, removed) = (piece.Reached, rows + piece.Rows, removed + piece.Removed);
            }

            await Remember.ExecuteAsync(
                database, cancellationToken,
                Parameter.Of(stream.ConversationId), Parameter.Of(from), Parameter.Of(from < to), Parameter.Of(stream.KeptRev),
                Parameter.Of(from == stream.LastRev ? stream.Others : stream.Settled));
        }

        return (streams.Count, removed);
    }

    private static Stream Map(NpgsqlDataReader row) => new(
        row.GetGuid(0), row.GetInt64(1), row.GetInt64(2), row.GetInt64(3), row.GetBoolean(4), row.GetInt64(5), row.GetInt64(6));

    private sealed record Stream(
        Guid ConversationId, long LastSeq, long LastRev, long KeptRev, bool Scanning, long From, long Settled)
    {
        /// <summary>
        /// Revs that were no new message. So many rows can be superseded at most, less those that were found at the last scan: a
        /// conversation in which people only write is never scanned.
        /// </summary>
        public long Others => LastRev - LastSeq;

        /// <summary>How far rows are to be looked at: all, or only those that are no longer kept.</summary>
        public long End(CompactionBounds bounds) =>
            Scanning || Others - Settled >= Math.Max(bounds.Worthwhile, (LastRev - KeptRev) / 10) ? LastRev : KeptRev;
    }
}
