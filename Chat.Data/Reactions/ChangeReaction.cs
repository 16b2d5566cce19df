using System.Diagnostics;
using Chat.Contracts.Messages;
using Chat.Data.Blocks;
using Chat.Data.Statements;
using Npgsql;
using NpgsqlTypes;

namespace Chat.Data.Reactions;

/// <summary>
/// Adds and takes back reactions: one row each, which is the truth, and with it, in the same transaction, the message's place in the
/// queue of recounts and a row in the user's own stream, for their other devices. Neither takes the conversation's lock, so a storm of
/// clicks holds up no message.
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

    private static readonly Statement Add = new("AddReaction", $"""
        with target as (
            select m.conversation_id, m.seq, me.user_id, {Block.In("c")} as blocked
            from members me
            join conversations c on c.id = me.conversation_id
            join messages m on m.conversation_id = me.conversation_id and m.seq = $2
            where me.conversation_id = $1 and me.user_id = $3 and me.left_at is null and m.deleted_at is null
        ), present as (
            select count(*) as count, coalesce(bool_or(emoji = $4), false) as known
            from reactions where conversation_id = $1 and seq = $2 and user_id = $3
        ), added as (
            insert into reactions (conversation_id, seq, user_id, emoji)
            select conversation_id, seq, user_id, $4 from target, present where not known and count < $6 and not blocked
            returning conversation_id, seq
        ), queued as (
            insert into recount_queue (conversation_id, seq, trace_parent) select conversation_id, seq, $5 from added
        ), stream as (
            insert into user_streams (user_id, last_rev)
            select $3, 1 from added
            on conflict (user_id) do update set last_rev = user_streams.last_rev + 1
            returning user_id, last_rev
        ), user_change as (
            insert into user_changes (user_id, rev, conversation_id, seq) select user_id, last_rev, $1, $2 from stream
        )
        select known or count < $6, (select last_rev from stream), blocked and not known from target, present
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
        ), stream as (
            insert into user_streams (user_id, last_rev)
            select $3, 1 from removed
            on conflict (user_id) do update set last_rev = user_streams.last_rev + 1
            returning user_id, last_rev
        ), user_change as (
            insert into user_changes (user_id, rev, conversation_id, seq) select user_id, last_rev, $1, $2 from stream
        )
        select true, (select last_rev from stream), false from target
        """);

    /// <summary>Adds a reaction; one that is there already stays.</summary>
    /// <param name="emoji">In its normal form, the same for all who mean it.</param>
    public static async Task<ReactionOutcome> AddAsync(
        NpgsqlDataSource database, Guid conversationId, long seq, Guid userId, string emoji, CancellationToken cancellationToken)
    {
        var rows = await StatementBatch.QueryAsync(
            database, Add, Map, timeout: null, cancellationToken,
            Lock.Step(Parameter.Of(conversationId), Parameter.Of(seq), Parameter.Of(userId)),
            Add.Step(
                Parameter.Of(conversationId), Parameter.Of(seq), Parameter.Of(userId), Parameter.Of(emoji), TraceParent(),
                Parameter.Of(MessageLimits.ReactionsPerUser)));
        return rows.SingleOrDefault() ?? new ReactionOutcome.NoMessage();
    }

    /// <summary>Takes a reaction back; it need not be there.</summary>
    public static async Task<ReactionOutcome> RemoveAsync(
        NpgsqlDataSource database, Guid conversationId, long seq, Guid userId, string emoji, CancellationToken cancellationToken)
    {
        var rows = await Remove.QueryAsync(
            database, Map, cancellationToken,
            Parameter.Of(conversationId), Parameter.Of(seq), Parameter.Of(userId), Parameter.Of(emoji), TraceParent());
        return rows.SingleOrDefault() ?? new ReactionOutcome.NoMessage();
    }

    private static ReactionOutcome Map(NpgsqlDataReader row) => row.GetBoolean(2) ? new ReactionOutcome.Blocked()
        : row.GetBoolean(0) ? new ReactionOutcome.Settled(row.IsDBNull(1) ? null : row.GetInt64(1))
        : new ReactionOutcome.TooMany();

    /// <summary>For the recount, which joins many requests, to link to this one.</summary>
    private static NpgsqlParameter TraceParent() => new()
    {
        Value = Activity.Current is { IdFormat: ActivityIdFormat.W3C } span ? span.Id : DBNull.Value,
        NpgsqlDbType = NpgsqlDbType.Text,
    };
}

/// <summary>What came of adding a reaction or taking one back.</summary>
public abstract record ReactionOutcome
{
    private ReactionOutcome()
    {
    }

    /// <summary>It is as it was wanted.</summary>
    /// <param name="OwnRev">Of the user's own stream; null: it was so before.</param>
    public sealed record Settled(long? OwnRev) : ReactionOutcome;

    /// <summary>The user has as many on this message as one may have.</summary>
    public sealed record TooMany : ReactionOutcome;

    /// <summary>One of the two of a direct conversation has blocked the other.</summary>
    public sealed record Blocked : ReactionOutcome;

    /// <summary>No such message for this user.</summary>
    public sealed record NoMessage : ReactionOutcome;
}
