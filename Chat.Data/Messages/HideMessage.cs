using Chat.Data.Statements;
using Npgsql;

namespace Chat.Data.Messages;

/// <summary>
/// Deletes a message for one user: their history leaves it out from then on, and their own stream of changes says so to their other
/// devices. The message itself, and so the conversation, does not change.
/// </summary>
public static class HideMessage
{
    /// <summary>By primary keys, and with no lock but that of the user's own stream.</summary>
    private static readonly Statement Hide = new("HideMessage", """
        with target as (
            select m.conversation_id, m.seq, me.user_id
            from members me
            join messages m on m.conversation_id = me.conversation_id and m.seq = $2
            where me.conversation_id = $1 and me.user_id = $3 and me.left_at is null
        ), hidden as (
            insert into hidden_messages (user_id, conversation_id, seq)
            select user_id, conversation_id, seq from target
            on conflict do nothing
            returning user_id, conversation_id, seq
        ), stream as (
            insert into user_streams (user_id, last_rev)
            select user_id, 1 from hidden
            on conflict (user_id) do update set last_rev = user_streams.last_rev + 1
            returning user_id, last_rev
        ), user_change as (
            insert into user_changes (user_id, rev, conversation_id, seq)
            select user_id, last_rev, conversation_id, seq from stream join hidden using (user_id)
        )
        select (select last_rev from stream) from target
        """);

    /// <returns>Null: no such message, or the user is no member.</returns>
    public static async Task<HideOutcome?> RunAsync(
        NpgsqlDataSource database, Guid conversationId, long seq, Guid userId, CancellationToken cancellationToken)
    {
        var rows = await Hide.QueryAsync(
            database, row => new HideOutcome(row.IsDBNull(0) ? null : row.GetInt64(0)), cancellationToken,
            Parameter.Of(conversationId), Parameter.Of(seq), Parameter.Of(userId));
        return rows.SingleOrDefault();
    }
}

/// <param name="OwnRev">Of the user's own stream; null: it was hidden before.</param>
public sealed record HideOutcome(long? OwnRev);
