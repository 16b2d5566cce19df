using Chat.Data.Statements;
using Npgsql;
using NpgsqlTypes;

namespace Chat.Data.Recounts;

/// <summary>
/// Recounts the messages of some pages of the table and puts those that show something else in the queue, where they are counted like
/// any other. A click and its place in the queue are committed together, and so are the count and the place's end: what differs and is
/// not in the queue, in one snapshot, is damage, and never a click under way.
/// </summary>
public static class AuditCounts
{
    /// <summary>By TID range; of each message by reactions_emoji and the primary key of votes. Names, which may have changed since, do not count.</summary>
    private static readonly Statement Audit = new("AuditCounts", $"""
        with counted as (
            select conversation_id, seq, m.tally,
                   (select jsonb_object_agg(e ->> 'emoji', e -> 'count') from jsonb_array_elements(m.reactions) as e) as reactions,
                   (select jsonb_object_agg(e ->> 'emoji', e -> 'count') from jsonb_array_elements({CountMessage.Reactions}) as e) as true_reactions,
                   {CountMessage.Tally} as true_tally
            from messages m
            where ctid >= $1::text::tid and ctid < $2::text::tid and deleted_at is null
              and (m.reactions is not null or m.kind = 'poll' or exists (
                  select from reactions r where (r.conversation_id, r.seq) = (m.conversation_id, m.seq)))
        ), queued as (
            insert into recount_queue (conversation_id, seq)
            select conversation_id, seq
            from counted
            where (reactions is distinct from true_reactions or tally is distinct from true_tally)
              and not exists (select from recount_queue q where (q.conversation_id, q.seq) = (counted.conversation_id, counted.seq))
            returning conversation_id, seq
        )
        select (select count(*) from counted), conversation_id, seq from (values (1)) as always left join queued on true
        """);

    private static readonly Statement Size = new("MeasureMessages", """
        select pg_relation_size('messages') / current_setting('block_size')::bigint
        """);

    /// <summary>Audits so many successive pages of 8 KB, from one at random.</summary>
    public static async Task<AuditedCounts> SampleAsync(NpgsqlDataSource database, int pages, CancellationToken cancellationToken)
    {
        var all = (await Size.QueryAsync(database, row => row.GetInt64(0), cancellationToken))[0];
        return await RunAsync(database, Random.Shared.NextInt64(Math.Max(1, all - pages + 1)), pages, cancellationToken);
    }

    /// <param name="first">The number of the first page, from 0.</param>
    /// <returns>How many messages have something to count, and which of them showed something else.</returns>
    public static async Task<AuditedCounts> RunAsync(NpgsqlDataSource database, long first, int pages, CancellationToken cancellationToken)
    {
        var rows = await Audit.QueryAsync(
            database, row => (Counted: row.GetInt64(0), Id: row.IsDBNull(1) ? default((Guid, long)?) : (row.GetGuid(1), row.GetInt64(2))),
            cancellationToken, Page(first), Page(first + pages));
        return new AuditedCounts(rows[0].Counted, [.. rows.Where(row => row.Id is not null).Select(row => row.Id!.Value)]);
    }

    private static NpgsqlParameter Page(long page) => new() { Value = $"({page},0)", NpgsqlDbType = NpgsqlDbType.Text };
}

/// <param name="Counted">Messages that have reactions or votes, or show some.</param>
/// <param name="Differing">Those that showed something else than their rows: they are in the queue now.</param>
public sealed record AuditedCounts(long Counted, IReadOnlyList<(Guid ConversationId, long Seq)> Differing);
