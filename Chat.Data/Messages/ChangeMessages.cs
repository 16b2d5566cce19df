using Chat.Contracts.Messages;
using Chat.Data.Blocks;
using Chat.Data.Permissions;
using Chat.Data.Statements;
using Npgsql;

namespace Chat.Data.Messages;

/// <summary>Edits, deletes, pins and unpins messages. What is already as it was wanted takes no rev, so running the same batch again changes nothing.</summary>
internal static class ChangeMessages
{
    /// <summary>
    /// Returns for each change of a message that there is, by one who is a member: its number in the batch, the verdict, and, unless it
    /// was refused, the message as it is now. By the primary keys of all tables; the pins of a conversation are counted, at most $7.
    /// </summary>
    private static readonly Statement UpdateMessages = new("ChangeMessages", $"""
        with asked as (
            select * from unnest($1, $2, $3, $4, $5, $6::text[])
                with ordinality as asked (conversation_id, seq, user_id, action, new_text, named, n)
        ), target as (
            select asked.*, c.last_rev, c.last_seq, c.membership_version, me.role, c.kind as conversation_kind,
                   action in ('edit', 'pin') and {Block.In("c")} as blocked,
                   m.sender_id, m.kind, m.text, m.created_at, m.edited_at, m.deleted_at, m.forwarded, m.pinned_at, m.mentions,
                   case when named is null then m.mentions else (
                       select array_agg(named_id order by named_id)
                       from unnest(named::uuid[]) as named_id
                       where named_id = $8 or exists (
                           select from members where (conversation_id, user_id) = (c.id, named_id) and left_at is null)
                   ) end as new_mentions
            from asked
            join members me on (me.conversation_id, me.user_id) = (asked.conversation_id, asked.user_id) and me.left_at is null
            join conversations c on c.id = asked.conversation_id
            join messages m on (m.conversation_id, m.seq) = (asked.conversation_id, asked.seq)
        ), judged as (
            select *, case
                when action = 'delete' and kind = 'system' then 'forbidden'
                when sender_id <> user_id and action = 'edit' then 'forbidden'
                when sender_id <> user_id and action = 'delete'
                     and not {PermissionTable.Condition(ConversationAction.DeleteOthersMessage, "conversation_kind", "role")} then 'forbidden'
                when blocked then 'blocked'
                when deleted_at is not null then case when action in ('delete', 'unpin') then 'same' else 'deleted' end
                when action = 'edit' and (kind in ('poll', 'system', 'encrypted') or forwarded) then 'notEditable'
                when action = 'edit' and new_text = text and new_mentions is not distinct from mentions then 'same'
                when action = 'pin' and pinned_at is not null then 'same'
                when action = 'unpin' and pinned_at is null then 'same'
                else 'changed'
            end as opinion
            from target
        ), decided as (
            select *, case
                when (opinion, action) = ('changed', 'pin')
                     and (select count(*) from pins where pins.conversation_id = judged.conversation_id)
                         + row_number() over (partition by conversation_id, opinion, action order by n) > $7 then 'tooManyPins'
                else opinion
            end as verdict
            from judged
        ), next as (
            select *, last_rev + row_number() over (partition by conversation_id order by n) as rev,
                   (select clock_timestamp()) as changed_at
            from decided
            where verdict = 'changed'
        ), message as (
            update messages m
            set rev = next.rev,
                text = case action when 'edit' then new_text when 'delete' then '' else m.text end,
                edited_at = case when action = 'edit' and new_text <> m.text then changed_at else m.edited_at end,
                deleted_at = case action when 'delete' then changed_at end,
                pinned_at = case action when 'pin' then changed_at when 'edit' then m.pinned_at end,
                mentions = case action when 'edit' then new_mentions when 'delete' then null else m.mentions end,
                content = case when action <> 'delete' then m.content end,
                reactions = case when action <> 'delete' then m.reactions end,
                tally = case when action <> 'delete' then m.tally end,
                forwarded = case when action <> 'delete' then m.forwarded end
            from next
            where (m.conversation_id, m.seq) = (next.conversation_id, next.seq)
            returning m.*
        ), version as (
            insert into message_versions (conversation_id, seq, rev, text, written_at)
            select conversation_id, seq, rev, text, coalesce(edited_at, created_at) from next where action = 'edit' and new_text <> text
        ), forgotten_version as (
            delete from message_versions v using next
            where (v.conversation_id, v.seq) = (next.conversation_id, next.seq) and action = 'delete'
        ), forgotten_reaction as (
            delete from reactions r using next
            where (r.conversation_id, r.seq) = (next.conversation_id, next.seq) and action = 'delete'
        ), forgotten_vote as (
            delete from votes v using next
            where (v.conversation_id, v.seq) = (next.conversation_id, next.seq) and action = 'delete'
        ), forgotten_file as (
            delete from file_uses u using next
            where (u.conversation_id, u.seq) = (next.conversation_id, next.seq) and action = 'delete'
            returning u.file_id
        ), to_check as (
            insert into file_checks (file_id) select file_id from forgotten_file
        ), pin as (
            insert into pins (conversation_id, seq, pinned_by) select conversation_id, seq, user_id from next where action = 'pin'
        ), unpin as (
            delete from pins p using next
            where (p.conversation_id, p.seq) = (next.conversation_id, next.seq) and action in ('unpin', 'delete')
        ), mentioned as (
            insert into mentions (conversation_id, user_id, seq)
            select conversation_id, id, seq
            from next, unnest(new_mentions) as id
            where action = 'edit' and id <> all (coalesce(mentions, array[]::uuid[]))
        ), unmentioned as (
            delete from mentions x using next, unnest(next.mentions) as id
            where (x.conversation_id, x.user_id, x.seq) = (next.conversation_id, id, next.seq)
              and (action = 'delete' or (action = 'edit' and id <> all (coalesce(new_mentions, array[]::uuid[]))))
        ), change as (
            insert into changes (conversation_id, rev, seq) select conversation_id, rev, seq from next
        ), conversation as (
            update conversations c
            set last_rev = last.rev, last_text = coalesce(left(last.preview, 200), c.last_text)
            from (
                select conversation_id, max(rev) as rev,
                       max(case action when 'edit' then new_text when 'delete' then '' end) filter (where seq = last_seq) as preview
                from next
                group by conversation_id
            ) as last
            where c.id = last.conversation_id
        ), settled as (
            select * from message
            union all
            select m.* from decided join messages m using (conversation_id, seq) where verdict = 'same'
        )
        select decided.n, decided.verdict, decided.membership_version, {MessageRow.Columns}
        from decided
        left join settled m using (conversation_id, seq)
        """, "uuid[], bigint[], uuid[], text[], text[], text[], int, uuid");

    /// <param name="batch">At most one of each message.</param>
    /// <param name="outcomes">One for each; set where there is another than the one it has.</param>
    public static BatchStep Step(IReadOnlyList<MessageChange> batch, ChangeOutcome[] outcomes) => new(
        UpdateMessages,
        UpdateMessages.BatchStep(
            batch.Count,
            Parameter.Of(batch.Select(c => c.ConversationId).ToArray()),
            Parameter.Of(batch.Select(c => c.Seq).ToArray()),
            Parameter.Of(batch.Select(c => c.UserId).ToArray()),
            Parameter.Of(batch.Select(c => c.Action.ToString().ToLowerInvariant()).ToArray()),
            Parameter.Of(batch.Select(c => c.Text).ToArray()),
            Parameter.Of(batch.Select(c => Mention.Literal(c.Mentions)).ToArray()),
            Parameter.Of(MessageLimits.PinsMax),
            Parameter.Of(Mention.Everyone)),
        row => outcomes[row.GetInt64(0) - 1] = Map(row));

    private static ChangeOutcome Map(NpgsqlDataReader row) => MessageRow.Map(row, first: 3) is { } message
        ? new ChangeOutcome.Changed(message, row.GetInt64(2), IsNew: row.GetString(1) == "changed")
        : new ChangeOutcome.Refused(Enum.Parse<ChangeRefusal>(row.GetString(1), ignoreCase: true));
}
