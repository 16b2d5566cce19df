using Chat.Data.Statements;
using Npgsql;

namespace Chat.Data.Compaction;

/// <summary>
/// Looks after the users' own streams that are due, as <see cref="CompactConversations"/> does after the conversations': superseded rows go,
/// and what is too old or too many is given up.
/// </summary>
public static class CompactUserStreams
{
    /// <summary>Visited in one pass.</summary>
    public const int MaxUsers = 20;

    /// <summary>Rows of one user looked at in one pass, the oldest: what one person can do between two visits, and more.</summary>
    public const int MaxRows = 20_000;

    /// <summary>
    /// By user_streams_compact_at and the primary key of user_changes. Streams that are being written to are passed over. Of several rows of
    /// one conversation or message the latest stays: see <see cref="RemoveChanges"/> for why that is enough.
    /// </summary>
    private static readonly Statement Statement = new("CompactUserStreams", """
        with due as (
            select user_id from user_streams where compact_at <= now() order by compact_at limit $1 for no key update skip locked
        ), visited as (
            update user_streams s
            set compact_at = now() + $2,
                kept_rev = greatest(s.kept_rev, s.last_rev - $3, case when s.marked_at < now() - $4 then s.marked_rev end),
                marked_rev = case when s.marked_at < now() - $4 then s.last_rev else s.marked_rev end,
                marked_at = case when s.marked_at < now() - $4 then now() else s.marked_at end
            from due
            where s.user_id = due.user_id
            returning s.user_id, s.kept_rev
        ), looked_at as (
            select visited.user_id, kept_rev, rev,
                   row_number() over (partition by visited.user_id, conversation_id, seq order by rev desc) as place
            from visited
            cross join lateral (
                select rev, conversation_id, seq from user_changes where user_id = visited.user_id order by rev limit $5
            ) as oldest
        ), removed as (
            delete from user_changes u
            using looked_at
            where u.user_id = looked_at.user_id and u.rev = looked_at.rev and (place > 1 or u.rev <= kept_rev)
            returning u.rev
        )
        select (select count(*) from visited), (select count(*) from removed)
        """);

    /// <returns>How many users were visited, and how many rows removed.</returns>
    public static async Task<(int Visited, long Removed)> RunAsync(
        NpgsqlDataSource database, CompactionBounds bounds, CancellationToken cancellationToken)
    {
        var rows = await Statement.QueryAsync(
            database, row => ((int)row.GetInt64(0), row.GetInt64(1)), cancellationToken,
            Parameter.Of(MaxUsers), Parameter.Of(bounds.Every), Parameter.Of(bounds.KeepRevs), Parameter.Of(bounds.KeepFor),
            Parameter.Of(MaxRows));
        return rows.Single();
    }
}
