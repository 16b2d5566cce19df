using Chat.Contracts.Messages;
using Chat.Data.Messages;
using Chat.Data.Statements;
using Npgsql;

namespace Chat.Data.Reactions;

/// <summary>
/// Recounts the reactions of messages that are in the queue, writes each message's summary and next rev, and takes from the queue what
/// it claimed, in one round trip, which is one transaction. It never increments: whatever was lost, doubled or done in parallel before,
/// the summary is what the rows say.
/// <para>
/// The order of the steps is the guarantee. A reaction is committed together with its place in the queue, so whoever claims the place
/// can see the reaction; and the count is a statement after the lock, so it sees at least what the one who held the lock before has
/// counted. Counting first would lose updates: two workers, one message, and the older count written last.
/// </para>
/// </summary>
public static class RecountReactions
{
    /// <summary>The doorbell to ring after a change of a reaction was committed.</summary>
    public const string Doorbell = "recount-reactions";

    /// <summary>Of the queue, at most; a storm on one message is many rows.</summary>
    public const int MaxRows = 5_000;

    /// <summary>Recounted in one pass, at most; bounds how long the locks are held.</summary>
    public const int MaxMessages = 200;

    /// <summary>
    /// What was claimed is remembered in a setting that ends with the transaction: the steps are one round trip, and a pooled
    /// connection keeps nothing. Other workers pass over the rows locked here.
    /// </summary>
    private static readonly Statement Claim = new("ClaimRecounts", """
        with locked as (
            select id, conversation_id, seq from recount_queue order by id limit $1 for update skip locked
        ), chosen as (
            select conversation_id, seq, array_agg(id) as ids
            from locked
            group by conversation_id, seq
            order by min(id)
            limit $2
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

    /// <summary>By the primary keys. A summary that comes out as it was takes no rev and is not announced.</summary>
    private static readonly Statement Recount = new("RecountReactions", $"""
        with claimed as (
            delete from recount_queue where id = any (current_setting('chat.claimed')::bigint[])
            returning conversation_id, seq, trace_parent, queued_at
        ), target as (
            select conversation_id, seq, min(queued_at) as queued_at,
                   (array_agg(distinct trace_parent) filter (where trace_parent is not null))[:$1] as trace_parents
            from claimed
            group by conversation_id, seq
        ), counted as (
            select target.*, (
                select jsonb_agg(jsonb_build_object('emoji', emoji, 'count', count, 'firstUserIds', first) order by since, emoji)
                from (
                    select emoji, count(*) as count, min(created_at) as since, (array_agg(user_id order by created_at, user_id))[:3] as first
                    from reactions r
                    where r.conversation_id = target.conversation_id and r.seq = target.seq
                    group by emoji
                ) as by_emoji
            ) as summary
            from target
        ), next as (
            select counted.*, c.membership_version,
                   c.last_rev + row_number() over (partition by counted.conversation_id order by counted.seq) as rev
            from counted
            join messages m using (conversation_id, seq)
            join conversations c on c.id = counted.conversation_id
            where m.reactions is distinct from counted.summary and m.deleted_at is null
        ), message as (
            update messages m
            set reactions = next.summary, rev = next.rev
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
        )
        select (select count(*) from claimed), extract(epoch from clock_timestamp() - next.queued_at)::float8,
               next.membership_version, next.trace_parents, {MessageRow.Columns}
        from (values (1)) as always
        left join (next join message m using (conversation_id, seq)) on true
        """);

    /// <returns>How many places of the queue were settled, and the messages whose summary is another now.</returns>
    /// <exception cref="NpgsqlException">Nothing was done, or, where the connection was lost, it is not known: the queue tells.</exception>
    public static async Task<(long Claimed, IReadOnlyList<RecountedMessage> Changed)> RunAsync(
        NpgsqlDataSource database, TimeSpan timeout, CancellationToken cancellationToken)
    {
        var rows = await StatementBatch.QueryAsync(
            database, Recount, row => (Claimed: row.GetInt64(0), Message: Map(row)), timeout, cancellationToken,
            Claim.Step(Parameter.Of(MaxRows), Parameter.Of(MaxMessages)),
            Lock.Step(),
            Recount.Step(Parameter.Of(RecountedMessage.MaxTraces)));
        return (rows[0].Claimed, [.. rows.Select(row => row.Message).OfType<RecountedMessage>()]);
    }

    private static RecountedMessage? Map(NpgsqlDataReader row) => MessageRow.Map(row, first: 4) is { } message
        ? new RecountedMessage(
            message, row.GetInt64(2), TimeSpan.FromSeconds(row.GetDouble(1)), row.IsDBNull(3) ? [] : row.GetFieldValue<string[]>(3))
        : null;
}

/// <param name="Message">In its new state.</param>
/// <param name="MembershipVersion">The conversation's, as of the commit.</param>
/// <param name="Waited">How long the oldest of the changes counted now was in the queue.</param>
/// <param name="TraceParents">Of the requests that caused it, up to <see cref="MaxTraces"/> (W3C Trace Context).</param>
public sealed record RecountedMessage(Message Message, long MembershipVersion, TimeSpan Waited, IReadOnlyList<string> TraceParents)
{
    public const int MaxTraces = 32;
}
