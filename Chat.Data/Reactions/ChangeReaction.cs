using System.Diagnostics;
using Chat.Contracts.Messages;
using Chat.Data.Statements;
using Npgsql;
using NpgsqlTypes;

namespace Chat.Data.Reactions;

/// <summary>
/// Adds and takes back reactions: one row each, which is the truth, and with it, in the same transaction, the message's place in the
/// queue of recounts. Neither takes the conversation's lock, so a storm of clicks holds up no message.
/// </summary>
public static class ChangeReaction
{
    /// <summary>
    /// One of a user's reactions to a message at a time, or two could both be the twentieth. Not the member's row, on which the
    /// writer's batch would have to wait.
    /// </summary>
    private static readonly Statement Lock = new("LockReactions", """
        select pg_advisory_xact_lock(hashtextextended(concat_ws('/', 'reactions', $1, $2, $3), 0))
        """);

    private static readonly Statement Add = new("AddReaction", """
        with target as (
            select m.conversation_id, m.seq, me.user_id
            from members me
            join messages m on m.conversation_id = me.conversation_id and m.seq = $2
            where me.conversation_id = $1 and me.user_id = $3 and me.left_at is null and m.deleted_at is null
        ), present as (
            select count(*) as count, coalesce(bool_or(emoji = $4), false) as known
            from reactions where conversation_id = $1 and seq = $2 and user_id = $3
        ), added as (
            insert into reactions (conversation_id, seq, user_id, emoji)
            select conversation_id, seq, user_id, $4 from target, present where not known and count < $6
            returning conversation_id, seq
        ), queued as (
            insert into recount_queue (conversation_id, seq, trace_parent) select conversation_id, seq, $5 from added
        )
        select known or count < $6 from target, present
        """);

    private static readonly Statement Remove = new("RemoveReaction", """
        with target as (
            select m.conversation_id, m.seq, me.user_id
            from members me
            join messages m on m.conversation_id = me.conversation_id and m.seq = $2
            where me.conversation_id = $1 and me.user_id = $3 and me.left_at is null and m.deleted_at is null
        ), removed as (
            delete from reactions r using target t
            where (r.conversation_id, r.seq, r.user_id, r.emoji) = (t.conversation_id, t.seq, t.user_id, $4)
            returning r.conversation_id, r.seq
        ), queued as (
            insert into recount_queue (conversation_id, seq, trace_parent) select conversation_id, seq, $5 from removed
        )
        select from target
        """);

    /// <summary>Adds a reaction; one that is there already stays.</summary>
    /// <param name="emoji">In its normal form, the same for all who mean it.</param>
    /// <returns>True: it is there now. False: the user has too many on this message. Null: no such message for this user.</returns>
    public static async Task<bool?> AddAsync(
        NpgsqlDataSource database, Guid conversationId, long seq, Guid userId, string emoji, CancellationToken cancellationToken)
    {
        var rows = await StatementBatch.QueryAsync(
            database, Add, row => row.GetBoolean(0), timeout: null, cancellationToken,
            Lock.Step(Parameter.Of(conversationId), Parameter.Of(seq), Parameter.Of(userId)),
            Add.Step(
                Parameter.Of(conversationId), Parameter.Of(seq), Parameter.Of(userId), Parameter.Of(emoji), TraceParent(),
                Parameter.Of(MessageLimits.ReactionsPerUser)));
        return rows.Count == 0 ? null : rows[0];
    }

    /// <summary>Takes a reaction back; it need not be there.</summary>
    /// <returns>False: no such message for this user.</returns>
    public static async Task<bool> RemoveAsync(
        NpgsqlDataSource database, Guid conversationId, long seq, Guid userId, string emoji, CancellationToken cancellationToken)
    {
        var rows = await Remove.QueryAsync(
            database, _ => true, cancellationToken,
            Parameter.Of(conversationId), Parameter.Of(seq), Parameter.Of(userId), Parameter.Of(emoji), TraceParent());
        return rows.Count > 0;
    }

    /// <summary>For the recount, which joins many requests, to link to this one.</summary>
    private static NpgsqlParameter TraceParent() => new()
    {
        Value = Activity.Current is { IdFormat: ActivityIdFormat.W3C } span ? span.Id : DBNull.Value,
        NpgsqlDbType = NpgsqlDbType.Text,
    };
}
