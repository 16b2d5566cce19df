using Chat.Data.Blocks;
using Chat.Data.Clicks;
using Chat.Data.Statements;

namespace Chat.Data.Polls;

/// <summary>Casts, changes and withdraws votes: one row a person and poll, whatever they chose, so that nobody can have two.</summary>
internal static class ChangeVotes
{
    /// <summary>What of a poll <c>p</c> (its jsonb) makes that it takes no votes, by the database's clock.</summary>
    internal const string IsClosed = "(p ? 'closedAt' or coalesce((p ->> 'closesAt')::timestamptz <= clock_timestamp(), false))";

    /// <summary>
    /// By the primary keys of members, conversations, messages, votes and user_streams. The deadline is judged here, after the locks. Who votes again
    /// as they have voted is told so even after the end: they may not have heard the first answer.
    /// </summary>
    private static readonly Statement Change = new("ChangeVotes", $"""
        with asked as (
            select * from unnest($1, $2, $3, $4, $5::text[]) with ordinality as asked (conversation_id, seq, user_id, choices, trace_parent, n)
        ), judged as (
            select asked.*, case
                when m.deleted_at is not null then 'deleted'
                when m.kind <> 'poll' then 'notPoll'
                when asked.choices is not distinct from v.choices then 'same'
                when asked.choices is not null and {Block.In("c")} then 'blocked'
                when {IsClosed} then 'closed'
                when asked.choices >> jsonb_array_length(p -> 'options') <> 0 then 'noOption'
                when asked.choices & (asked.choices - 1) <> 0 and not (p ->> 'multiple')::boolean then 'oneOnly'
                else 'changed'
            end as verdict
            from asked
            join members me on (me.conversation_id, me.user_id) = (asked.conversation_id, asked.user_id) and me.left_at is null
            join conversations c on c.id = me.conversation_id
            join messages m on (m.conversation_id, m.seq) = (asked.conversation_id, asked.seq)
            cross join lateral (select m.content -> 'poll' as p) poll
            left join votes v on (v.conversation_id, v.seq, v.user_id) = (asked.conversation_id, asked.seq, asked.user_id)
        ), cast_vote as (
            insert into votes (conversation_id, seq, user_id, choices)
            select conversation_id, seq, user_id, choices from judged where verdict = 'changed' and choices is not null
            on conflict (conversation_id, seq, user_id) do update set choices = excluded.choices, voted_at = clock_timestamp()
        ), withdrawn as (
            delete from votes v using judged j
            where verdict = 'changed' and j.choices is null
              and (v.conversation_id, v.seq, v.user_id) = (j.conversation_id, j.seq, j.user_id)
        ), {WriteClicks.QueueAndTell}
        """, "uuid[], bigint[], uuid[], int[], text[]");

    /// <param name="outcomes">One for each place; set where there is another than the one it has.</param>
    public static BatchStep Step(IReadOnlyList<(VoteClick Click, int Place)> batch, ClickOutcome[] outcomes) => new(
        Change,
        Change.BatchStep(
            batch.Count,
            Parameter.Of(batch.Select(c => c.Click.ConversationId).ToArray()),
            Parameter.Of(batch.Select(c => c.Click.Seq).ToArray()),
            Parameter.Of(batch.Select(c => c.Click.UserId).ToArray()),
            Parameter.Of(batch.Select(c => c.Click.Choices).ToArray()),
            Parameter.Of(batch.Select(c => c.Click.TraceParent).ToArray())),
        row => outcomes[batch[(int)row.GetInt64(0) - 1].Place] = WriteClicks.Map(row));
}
