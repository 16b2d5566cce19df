using Chat.Contracts.Messages;
using Chat.Data.Messages;
using Chat.Data.Statements;
using Npgsql;

namespace Chat.Data.Recounts;

/// <summary>
/// Recounts the reactions and votes of messages that are in the queue, writes each message's summary, tally and next rev, and takes from
/// the queue what it counted, in one round trip, which is one transaction. It never increments: whatever was lost, doubled or done in
/// parallel before, the summary is what the rows say.
/// <para>
/// The order of the steps is the guarantee. A click is committed together with its place in the queue, so whoever claims the place
/// can see the click; and the count is a statement after the lock, so it sees at least what the one who held the lock before has
/// counted. Counting first would lose updates: two workers, one message, and the older count written last. A test does both.
/// </para>
/// </summary>
public static class RecountMessages
{
    /// <summary>The doorbell to ring after a click was committed.</summary>
    public const string Doorbell = "recount-messages";

    /// <summary>Of the queue, at most; a storm on one message is many rows.</summary>
    public const int MaxRows = 5_000;

    /// <summary>Recounted in one pass, at most; bounds how long the locks are held.</summary>
    public const int MaxMessages = 200;

    /// <summary>
    /// Between two changes of one message's counts, whoever makes them: a storm of clicks is four pushes a second, however many workers
    /// there are.
    /// </summary>
    public static readonly TimeSpan Spacing = TimeSpan.FromMilliseconds(250);

    /// <summary>A message <c>q</c> of the queue whose counts have not changed just now. A subquery and no join, so that it is found by its key.</summary>
    private const string IsDue = """
        coalesce(
            (select m.counted_at from messages m where (m.conversation_id, m.seq) = (q.conversation_id, q.seq)), '-infinity')
        <= clock_timestamp() - $1
        """;

    /// <summary>
    /// What was claimed is remembered in a setting that ends with the transaction: the steps are one round trip, and a pooled
    /// connection keeps nothing. Other workers pass over the rows locked here.
    /// </summary>
    private static readonly Statement Claim = new("ClaimRecounts", $$"""
        with locked as (
            select id, conversation_id, seq from recount_queue q where {{IsDue}} order by id limit $2 for update skip locked
        ), chosen as (
            select conversation_id, seq, array_agg(id) as ids
            from locked
            group by conversation_id, seq
            order by min(id)
            limit $3
        )
        select set_config('chat.claimed', coalesce((select array_agg(id) from chosen, unnest(ids) as id)::text, '{}'), true)
        """);

    /// <summary>In id order, as every batch does. Whoever changes a message holds its conversation's lock, so this locks the messages too.</summary>
    private static readonly Statement Lock = new("LockRecounts", """
        select count(*)
        from (
            select from conversations
            where id in (select conversation_id from recount_queue where id = any (current_setting('chat.claimed')::bigint[]))
            order by id
            for no key update
        ) as locked
        """);

    /// <summary>
    /// By the primary keys and reactions_emoji. What comes out as it was takes no rev and is not announced. A message that another worker has
    /// counted while this one waited stays in the queue for later. Of a deleted message nothing is left, also of clicks
    /// that were committed beside the deletion.
    /// </summary>
    private static readonly Statement Recount = new("RecountMessages", $"""
        with claimed as (
            delete from recount_queue q
            where id = any (current_setting('chat.claimed')::bigint[]) and {IsDue}
            returning conversation_id, seq, trace_parent, queued_at
        ), target as (
            select conversation_id, seq, min(queued_at) as queued_at, string_agg(trace_parent, ' ') as trace_parents
            from claimed
            group by conversation_id, seq
        ), counted as (
            select target.*, m.deleted_at, m.reactions, m.tally, {CountMessage.Reactions} as new_reactions, {CountMessage.Tally} as new_tally
            from target
            join messages m using (conversation_id, seq)
        ), next as (
            select counted.*, c.membership_version,
                   c.last_rev + row_number() over (partition by conversation_id order by counted.seq) as rev
            from counted
            join conversations c on c.id = conversation_id
            where counted.deleted_at is null and (reactions is distinct from new_reactions or tally is distinct from new_tally)
        ), message as (
            update messages m
            set reactions = new_reactions, tally = new_tally, rev = next.rev, counted_at = clock_timestamp()
            from next
            where m.conversation_id = next.conversation_id and m.seq = next.seq
            returning m.*
        ), change as (
            insert into changes (conversation_id, rev, seq) select conversation_id, rev, seq from next
        ), conversation as (
            update conversations c
            set last_rev = last.rev
            from (select conversation_id, max(rev) as rev from next group by conversation_id) as last
            where c.id = last.conversation_id
        ), forgotten_reaction as (
            delete from reactions r using counted
            where deleted_at is not null and (r.conversation_id, r.seq) = (counted.conversation_id, counted.seq)
        ), forgotten_vote as (
            delete from votes v using counted
            where deleted_at is not null and (v.conversation_id, v.seq) = (counted.conversation_id, counted.seq)
        )
        select (select count(*) from claimed),
               exists (select from recount_queue where id <> all (current_setting('chat.claimed')::bigint[]))
                   or (select count(*) from claimed) < cardinality(current_setting('chat.claimed')::bigint[]),
               extract(epoch from clock_timestamp() - next.queued_at)::float8, next.membership_version, next.trace_parents, {MessageRow.Columns}
        from (values (1)) as always
        left join (next join message m using (conversation_id, seq)) on true
        """);

    /// <exception cref="NpgsqlException">Nothing was done, or, where the connection was lost, it is not known: the queue tells.</exception>
    public static async Task<RecountPass> RunAsync(NpgsqlDataSource database, TimeSpan timeout, CancellationToken cancellationToken)
    {
        var rows = await StatementBatch.QueryAsync(
            database, Recount, row => (Claimed: row.GetInt64(0), MoreWaits: row.GetBoolean(1), Message: Map(row)), timeout, cancellationToken,
            Claim.Step(Parameter.Of(Spacing), Parameter.Of(MaxRows), Parameter.Of(MaxMessages)),
            Lock.Step(),
            Recount.Step(Parameter.Of(Spacing)));
        return new RecountPass(rows[0].Claimed, rows[0].MoreWaits, [.. rows.Select(row => row.Message).OfType<RecountedMessage>()]);
    }

    private static RecountedMessage? Map(NpgsqlDataReader row) => MessageRow.Map(row, first: 5) is { } message
        ? new RecountedMessage(
            message, row.GetInt64(3), TimeSpan.FromSeconds(row.GetDouble(2)),
            row.IsDBNull(4) ? [] : [.. row.GetString(4).Split(' ').Distinct().Take(RecountedMessage.MaxTraces)])
        : null;
}

/// <param name="Settled">How many places of the queue were settled.</param>
/// <param name="MoreWaits">There are others: more than one pass takes, other workers' or such as are not due yet.</param>
/// <param name="Changed">The messages whose counts are others now.</param>
public sealed record RecountPass(long Settled, bool MoreWaits, IReadOnlyList<RecountedMessage> Changed);

/// <param name="Message">In its new state.</param>
/// <param name="MembershipVersion">The conversation's, as of the commit.</param>
/// <param name="Waited">How long the oldest of the changes counted now was in the queue.</param>
/// <param name="TraceParents">Of the requests that caused it, up to <see cref="MaxTraces"/> (W3C Trace Context).</param>
public sealed record RecountedMessage(Message Message, long MembershipVersion, TimeSpan Waited, IReadOnlyList<string> TraceParents)
{
    public const int MaxTraces = 32;
}
