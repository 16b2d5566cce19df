using Chat.Data.Statements;
using Npgsql;

namespace Chat.Data.Compaction;

/// <summary>
/// Removes those of a piece of a conversation's stream that no reader can need: rows up to kept_rev, which readers are told are gone,
/// and superseded ones, of which the same message has a later row.
/// <para>
/// Why a superseded row (r, message) with a later one (s, message), r &lt; s, is not needed: a reader asks for all rows after a rev t. If t &lt; r,
/// it finds (s, message), and with it the message's present state, which is all that (r, message) would have told. If t ≥ r, it
/// never sees (r, message). Its last page ends at the last rev of all, whose row nothing supersedes. So nobody's token is made
/// invalid, and kept_rev stays.
/// </para>
/// <para>
/// Nobody's lock is needed: rows are only ever appended, with greater revs, and messages.rev only grows, so what is superseded stays
/// so. A reader is one statement with one snapshot, in which a row is there or what supersedes it is; mostly both.
/// </para>
/// </summary>
internal static class RemoveChanges
{
    private const int MaxRows = 2_000;

    /// <summary>
    /// By the primary keys. A message knows the rev of its latest change, so no index by seq is needed. The conversation itself (seq 0) does
    /// not: of each piece its latest row stays. Written as joins it took 110 ms for 2,000 rows of a stream of 200,000, by hashing both tables whole;
    /// so it takes 7.
    /// </summary>
    private static readonly Statement Statement = new("RemoveChanges", """
        with piece as (
            select rev, seq from changes where conversation_id = $1 and rev > $2 and rev <= $3 order by rev limit $5
        ), removed as (
            delete from changes c
            where conversation_id = $1 and rev > $2 and rev <= (select max(rev) from piece)
              and (rev <= $4 or rev < case when seq = 0
                      then (select max(rev) from piece where seq = 0)
                      else (select m.rev from messages m where m.conversation_id = $1 and m.seq = c.seq) end)
            returning rev
        )
        select (select max(rev) from piece), (select count(*) from piece), (select count(*) from removed)
        """);

    /// <param name="from">After this rev.</param>
    /// <param name="to">Up to this rev.</param>
    /// <param name="keptRev">The conversation's, as committed.</param>
    /// <returns>Up to where the stream has been looked at.</returns>
    public static async Task<(long Reached, long Rows, long Removed)> RunAsync(
        NpgsqlDataSource database, Guid conversationId, long from, long to, long keptRev, CancellationToken cancellationToken)
    {
        var pieces = await Statement.QueryAsync(
            database, row => (Last: row.IsDBNull(0) ? to : row.GetInt64(0), Rows: row.GetInt64(1), Removed: row.GetInt64(2)), cancellationToken,
            Parameter.Of(conversationId), Parameter.Of(from), Parameter.Of(to), Parameter.Of(keptRev), Parameter.Of(MaxRows));
        var (last, rows, removed) = pieces.Single();
        return (rows < MaxRows ? to : last, rows, removed);
    }
}
