using Chat.Contracts.Messages;
using Chat.Data.Blocks;
using Chat.Data.Statements;
using Npgsql;

namespace Chat.Data.Messages;

/// <summary>Stores messages of which none is more than text. Running the same batch again changes nothing.</summary>
internal static class SendMessages
{
    /// <summary>
    /// Returns the rows of those who are members: the number in the batch, and either the number of the message that was inserted
    /// (an earlier one of the batch where it is sent twice in it) with its seq, rev and time, or the message that was there before; neither
    /// where one of the two of a direct conversation has blocked the other, which is looked up for no other kind.
    /// Served by the primary keys and by messages_client_id; no statement per member or message.
    /// </summary>
    private static readonly Statement InsertMessages = new("SendMessages", $"""
        with sent as (
            select * from unnest($1, $2, $3, $4, $5) with ordinality as sent (conversation_id, sender_id, client_id, kind, text, n)
        ), allowed as (
            select sent.*, c.last_seq, c.last_rev, c.membership_version, {Block.In("c")} as blocked
            from sent
            join members on members.conversation_id = sent.conversation_id and user_id = sender_id and left_at is null
            join conversations c on c.id = sent.conversation_id
        ), known as (
            select allowed.n, m.*
            from allowed
            join messages m using (conversation_id, sender_id, client_id)
        ), fresh as (
            select distinct on (conversation_id, sender_id, client_id) *
            from allowed
            where n not in (select n from known) and not blocked
            order by conversation_id, sender_id, client_id, n
        ), numbered as (
            select conversation_id, sender_id, client_id, kind, text, n,
                   last_seq + row_number() over place as seq,
                   last_rev + row_number() over place as rev,
                   (select clock_timestamp()) as created_at
            from fresh
            window place as (partition by conversation_id order by n)
        ), message as (
            insert into messages (conversation_id, seq, rev, sender_id, client_id, kind, text, created_at)
            select conversation_id, seq, rev, sender_id, client_id, kind, text, created_at from numbered
        ), change as (
            insert into changes (conversation_id, rev, seq) select conversation_id, rev, seq from numbered
        ), conversation as (
            update conversations c
            set last_seq = last.seq, last_rev = last.rev, active_at = last.created_at,
                last_sender_id = last.sender_id, last_kind = last.kind, last_text = left(last.text, 200)
            from (select distinct on (conversation_id) * from numbered order by conversation_id, seq desc) as last
            where c.id = last.conversation_id
        ), own_cursor as (
            update members
            set read_seq = own.seq, delivered_seq = own.seq, marked_unread = false
            from (select conversation_id, sender_id, max(seq) as seq from numbered group by conversation_id, sender_id) as own
            where members.conversation_id = own.conversation_id and user_id = own.sender_id
        )
        select allowed.n, allowed.membership_version, inserted.n, inserted.seq, inserted.rev, inserted.created_at, {MessageRow.Columns}
        from allowed
        left join known m on m.n = allowed.n
        left join numbered inserted on (inserted.conversation_id, inserted.sender_id, inserted.client_id)
                                     = (allowed.conversation_id, allowed.sender_id, allowed.client_id)
        """, "uuid[], uuid[], uuid[], text[], text[]");

    /// <param name="batch">In any order; seq follows the order of the batch.</param>
    /// <param name="outcomes">One for each; set where there is another than the one it has.</param>
    public static BatchStep Step(IReadOnlyList<NewMessage> batch, SendOutcome[] outcomes) => new(
        InsertMessages,
        InsertMessages.BatchStep(
            batch.Count,
            Parameter.Of(batch.Select(m => m.ConversationId).ToArray()),
            Parameter.Of(batch.Select(m => m.SenderId).ToArray()),
            Parameter.Of(batch.Select(m => m.ClientId).ToArray()),
            Parameter.Of(batch.Select(m => m.Kind.ToString().ToLowerInvariant()).ToArray()),
            Parameter.Of(batch.Select(m => m.Text).ToArray())),
        row => outcomes[row.GetInt64(0) - 1] = Map(row, batch));

    private static SendOutcome Map(NpgsqlDataReader row, IReadOnlyList<NewMessage> batch)
    {
        var membershipVersion = row.GetInt64(1);
        if (MessageRow.Map(row, first: 6) is { } known)
        {
            return new SendOutcome.Sent(new SentMessage(known, membershipVersion, IsNew: false));
        }

        if (row.IsDBNull(2))
        {
            return new SendOutcome.Refused(SendRefusal.Blocked);
        }

        var first = row.GetInt64(2);
        var message = batch[(int)first - 1];
        return new SendOutcome.Sent(new SentMessage(
            new Message(
                message.ConversationId, row.GetInt64(3), row.GetInt64(4), message.SenderId, message.ClientId, message.Kind, message.Text,
                row.GetFieldValue<DateTimeOffset>(5), EditedAt: null, DeletedAt: null, Reactions: null),
            membershipVersion, IsNew: first == row.GetInt64(0)));
    }
}
