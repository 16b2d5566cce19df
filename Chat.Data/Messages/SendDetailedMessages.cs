using System.Text.Json;
using Chat.Contracts;
using Chat.Data.Blocks;
using Chat.Data.Statements;
using Npgsql;

namespace Chat.Data.Messages;

/// <summary>
/// Stores messages of which some are more than text, in the way of <see cref="SendMessages"/>, which does less for those that are not.
/// Running the same batch again changes nothing.
/// </summary>
internal static class SendDetailedMessages
{
    /// <summary>
    /// Returns, of those who are members: the number in the batch, what was refused and why, or the message as it is now; and then each
    /// message that was answered in its thread, under the number of the first answer. The roots take their revs after the messages. All
    /// by primary keys and messages_client_id. A file that is carried is locked, so that it is not removed meanwhile; and one that has just been
    /// removed is waited for, and then is not there.
    /// </summary>
    private static readonly Statement InsertMessages = new("SendDetailedMessages", $"""
        with sent as (
            select * from unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) with ordinality as sent (
                conversation_id, sender_id, client_id, kind, text, content, file_id, reply_to, thread_root, source_conversation_id, source_seq,
                named, n)
        ), allowed as (
            select sent.*, c.last_seq, c.last_rev, c.membership_version, {Block.In("c")} as blocked
            from sent
            join members on members.conversation_id = sent.conversation_id and user_id = sender_id and left_at is null
            join conversations c on c.id = sent.conversation_id
        ), known as (
            select allowed.n, allowed.membership_version, m.*
            from allowed
            join messages m using (conversation_id, sender_id, client_id)
        ), fresh as (
            select distinct on (conversation_id, sender_id, client_id) *
            from allowed
            where n not in (select n from known)
            order by conversation_id, sender_id, client_id, n
        ), carried as (
            select f.*
            from files f
            where f.id in (
                select file_id from fresh where file_id is not null
                union
                select (source.content -> 'file' ->> 'id')::uuid
                from fresh
                join messages source on (source.conversation_id, source.seq) = (source_conversation_id, source_seq)
                where source.content ? 'file')
            for key share
        ), complete as (
            select fresh.n, fresh.conversation_id, fresh.sender_id, fresh.client_id, fresh.reply_to, fresh.thread_root, last_seq, last_rev,
                   coalesce(source.kind, fresh.kind) as kind,
                   coalesce(source.text, fresh.text) as text,
                   case
                       when file.id is not null then coalesce(fresh.content::jsonb, jsonb_build_object()) || jsonb_build_object('file', jsonb_strip_nulls(jsonb_build_object(
                           'id', file.id, 'name', file.name, 'mediaType', file.media_type, 'size', file.size,
                           'width', file.width, 'height', file.height, 'durationMs', file.duration_ms,
                           'thumbnail', case when file.thumbnail_id is not null then jsonb_build_object(
                               'id', file.thumbnail_id, 'mediaType', file.thumbnail_type, 'width', file.thumbnail_width,
                               'height', file.thumbnail_height) end)))
                       when source.seq is not null then source.content
                       else fresh.content::jsonb
                   end as content,
                   case when source.seq is not null then true end as forwarded,
                   case when named is not null then (
                       select array_agg(named_id order by named_id)
                       from unnest(named::uuid[]) as named_id
                       where named_id = $13 or exists (
                           select from members where (conversation_id, user_id) = (fresh.conversation_id, named_id) and left_at is null)
                   ) end as mentions,
                   case
                       when fresh.blocked then 'blocked'
                       when fresh.reply_to is not null and reply.seq is null then 'noReply'
                       when fresh.thread_root is not null and (root.seq is null or root.thread_root is not null) then 'noThread'
                       when fresh.source_seq is not null and (source.seq is null or (source.content ? 'file' and copied.id is null)) then 'noSource'
                       when fresh.file_id is not null and file.id is null then 'noFile'
                   end as refusal
            from fresh
            left join messages reply on (reply.conversation_id, reply.seq) = (fresh.conversation_id, fresh.reply_to)
            left join messages root on (root.conversation_id, root.seq) = (fresh.conversation_id, fresh.thread_root)
            left join members reader on (reader.conversation_id, reader.user_id) = (source_conversation_id, fresh.sender_id)
                                    and reader.left_at is null
            left join messages source on (source.conversation_id, source.seq) = (reader.conversation_id, source_seq)
                                     and source.deleted_at is null and source.kind not in ('system', 'encrypted')
            left join carried copied on copied.id = (source.content -> 'file' ->> 'id')::uuid
            left join carried file on file.id = fresh.file_id and file.owner_id = fresh.sender_id and file.scan <> 'blocked'
                                  and case fresh.kind
                                      when 'file' then true
                                      when 'encrypted' then file.encrypted
                                      when 'image' then file.media_type like 'image/%'
                                      else file.media_type like 'audio/%'
                                  end
        ), numbered as (
            select *, last_seq + row_number() over place as seq, last_rev + row_number() over place as rev,
                   (select clock_timestamp()) as created_at
            from complete
            where refusal is null
            window place as (partition by conversation_id order by n)
        ), answered as (
            select conversation_id, thread_root as seq, min(n) as n, count(*) as replies, max(created_at) as last_reply_at,
                   max(head.rev) + row_number() over (partition by conversation_id order by thread_root) as rev
            from numbered
            join (select conversation_id, max(rev) as rev from numbered group by conversation_id) as head using (conversation_id)
            where thread_root is not null
            group by conversation_id, thread_root
        ), message as (
            insert into messages (
                conversation_id, seq, rev, sender_id, client_id, kind, text, created_at, content, reply_to, thread_root, forwarded, mentions)
            select conversation_id, seq, rev, sender_id, client_id, kind, text, created_at, content, reply_to, thread_root, forwarded, mentions
            from numbered
            returning *
        ), root as (
            update messages m
            set rev = answered.rev, reply_count = coalesce(m.reply_count, 0) + replies, last_reply_at = answered.last_reply_at
            from answered
            where (m.conversation_id, m.seq) = (answered.conversation_id, answered.seq)
            returning m.*
        ), mention as (
            insert into mentions (conversation_id, user_id, seq) select conversation_id, id, seq from numbered, unnest(mentions) as id
        ), file_use as (
            insert into file_uses (conversation_id, seq, kind, file_id)
            select conversation_id, seq, kind, (content -> 'file' ->> 'id')::uuid from numbered where content ? 'file'
        ), change as (
            insert into changes (conversation_id, rev, seq)
            select conversation_id, rev, seq from numbered
            union all
            select conversation_id, rev, seq from answered
        ), conversation as (
            update conversations c
            set last_seq = last.seq, active_at = last.created_at,
                last_rev = last.rev + (select count(*) from answered where answered.conversation_id = c.id),
                last_sender_id = last.sender_id, last_kind = last.kind, last_text = left(last.text, 200)
            from (select distinct on (conversation_id) * from numbered order by conversation_id, seq desc) as last
            where c.id = last.conversation_id
        ), own_cursor as (
            update members
            set read_seq = own.seq, delivered_seq = own.seq, marked_unread = false
            from (select conversation_id, sender_id, max(seq) as seq from numbered group by conversation_id, sender_id) as own
            where members.conversation_id = own.conversation_id and user_id = own.sender_id
        )
        select m.n, m.membership_version, null as refusal, false as is_new, false as is_root, {MessageRow.Columns}
        from known m
        union all
        select allowed.n, allowed.membership_version, complete.refusal, complete.n = allowed.n, false, {MessageRow.Columns}
        from allowed
        join complete using (conversation_id, sender_id, client_id)
        left join message m using (conversation_id, sender_id, client_id)
        union all
        select answered.n, allowed.membership_version, null, true, true, {MessageRow.Columns}
        from answered
        join allowed using (n)
        join root m on (m.conversation_id, m.seq) = (answered.conversation_id, answered.seq)
        order by is_root
        """, "uuid[], uuid[], uuid[], text[], text[], text[], uuid[], bigint[], bigint[], uuid[], bigint[], text[], uuid");

    /// <param name="batch">In any order; seq follows the order of the batch.</param>
    /// <param name="outcomes">One for each; set where there is another than the one it has.</param>
    public static BatchStep Step(IReadOnlyList<NewMessage> batch, SendOutcome[] outcomes) => new(
        InsertMessages,
        InsertMessages.BatchStep(
            batch.Count,
            Column(batch, m => m.ConversationId),
            Column(batch, m => m.SenderId),
            Column(batch, m => m.ClientId),
            Column(batch, m => m.Kind.ToString().ToLowerInvariant()),
            Column(batch, m => m.Text),
            Column(batch, m => m.Details?.Content is { } content ? JsonSerializer.Serialize(content, ContractsJson.Unescaped.MessageContent) : null),
            Column(batch, m => m.Details?.FileId),
            Column(batch, m => m.Details?.ReplyTo),
            Column(batch, m => m.Details?.ThreadRoot),
            Column(batch, m => m.Details?.ForwardOf?.ConversationId),
            Column(batch, m => m.Details?.ForwardOf?.Seq),
            Column(batch, m => Mention.Literal(m.Details?.Mentions)),
            Parameter.Of(Mention.Everyone)),
        row => Read(row, outcomes));

    private static NpgsqlParameter Column<T>(IReadOnlyList<NewMessage> batch, Func<NewMessage, T> value) =>
        Parameter.Of(batch.Select(value).ToArray());

    private static void Read(NpgsqlDataReader row, SendOutcome[] outcomes)
    {
        ref var outcome = ref outcomes[row.GetInt64(0) - 1];
        var message = MessageRow.Map(row, first: 5);
        outcome = (outcome, message, IsRoot: row.GetBoolean(4)) switch
        {
            (SendOutcome.Sent(var sent), _, IsRoot: true) => new SendOutcome.Sent(sent with { ThreadRoot = message }),
            (_, null, _) => new SendOutcome.Refused(Enum.Parse<SendRefusal>(row.GetString(2), ignoreCase: true)),
            _ => new SendOutcome.Sent(new SentMessage(message, row.GetInt64(1), IsNew: row.GetBoolean(3))),
        };
    }
}
