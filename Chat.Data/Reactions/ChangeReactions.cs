using Chat.Contracts.Messages;
using Chat.Data.Blocks;
using Chat.Data.Clicks;
using Chat.Data.Statements;

namespace Chat.Data.Reactions;

/// <summary>Adds reactions and takes them back: one row each, which is the truth.</summary>
internal static class ChangeReactions
{
    /// <summary>
    /// By the primary keys of members, conversations, messages, reactions and user_streams. That a user has at most $7 on a message is exact: their
    /// stream is locked by a step before, so they are counted one after the other.
    /// </summary>
    private static readonly Statement Change = new("ChangeReactions", $"""
        with asked as (
            select * from unnest($1, $2, $3, $4, $5, $6::text[])
                with ordinality as asked (conversation_id, seq, user_id, emoji, wanted, trace_parent, n)
        ), judged as (
            select asked.*, case
                when m.deleted_at is not null then 'deleted'
                when wanted = present.known then 'same'
                when wanted and {Block.In("c")} then 'blocked'
                when wanted and present.count >= $7 then 'tooMany'
                else 'changed'
            end as verdict
            from asked
            join members me on (me.conversation_id, me.user_id) = (asked.conversation_id, asked.user_id) and me.left_at is null
            join conversations c on c.id = me.conversation_id
            join messages m on (m.conversation_id, m.seq) = (asked.conversation_id, asked.seq)
            cross join lateral (
                select count(*) as count, coalesce(bool_or(r.emoji = asked.emoji), false) as known
                from reactions r
                where (r.conversation_id, r.seq, r.user_id) = (asked.conversation_id, asked.seq, asked.user_id)
            ) present
        ), added as (
            insert into reactions (conversation_id, seq, user_id, emoji)
            select conversation_id, seq, user_id, emoji from judged where verdict = 'changed' and wanted
        ), removed as (
            delete from reactions r using judged j
            where verdict = 'changed' and not wanted
              and (r.conversation_id, r.seq, r.user_id, r.emoji) = (j.conversation_id, j.seq, j.user_id, j.emoji)
        ), {WriteClicks.QueueAndTell}
        """, "uuid[], bigint[], uuid[], text[], boolean[], text[], int");

    /// <param name="outcomes">One for each place; set where there is another than the one it has.</param>
    public static BatchStep Step(IReadOnlyList<(ReactionClick Click, int Place)> batch, ClickOutcome[] outcomes) => new(
        Change,
        Change.BatchStep(
            batch.Count,
            Parameter.Of(batch.Select(c => c.Click.ConversationId).ToArray()),
            Parameter.Of(batch.Select(c => c.Click.Seq).ToArray()),
            Parameter.Of(batch.Select(c => c.Click.UserId).ToArray()),
            Parameter.Of(batch.Select(c => c.Click.Emoji).ToArray()),
            Parameter.Of(batch.Select(c => c.Click.Wanted).ToArray()),
            Parameter.Of(batch.Select(c => c.Click.TraceParent).ToArray()),
            Parameter.Of(MessageLimits.ReactionsPerUser)),
        row => outcomes[batch[(int)row.GetInt64(0) - 1].Place] = WriteClicks.Map(row));
}
