using Chat.Contracts.Messages;
using Chat.Data.Blocks;
using Chat.Data.Conversations;
using Chat.Data.Messages;
using Chat.Data.Permissions;
using Chat.Data.Statements;
using Npgsql;

namespace Chat.Data.Polls;

/// <summary>What somebody wants done to a poll.</summary>
public enum PollAction
{
    /// <summary>By the author, or an owner or admin.</summary>
    Close,

    /// <summary>By the same. A deadline that has passed is forgotten.</summary>
    Reopen,

    /// <summary>By the author, and by any member where the poll says so.</summary>
    AddOption,
}

/// <summary>
/// Closes a poll, opens it again, adds an option: a change of the message, with its next rev, in one round trip and one transaction. Rare,
/// so not in the writer's batches. What is already as it was wanted takes no rev.
/// </summary>
public static class ChangePoll
{
    /// <summary>
    /// By the primary keys. Returns nothing where there is no such message for the user; else the verdict and, unless it was refused, the
    /// message as it is now.
    /// </summary>
    private static readonly Statement Change = new("ChangePoll", $"""
        with judged as (
            select m.conversation_id, m.seq, p, c.last_rev, c.membership_version, case
                when m.deleted_at is not null then 'deleted'
                when m.kind <> 'poll' then 'notPoll'
                when $4 <> 'addOption' and m.sender_id <> me.user_id
                     and not {PermissionTable.Condition(ConversationAction.CloseOthersPoll, "c.kind", "me.role")} then 'forbidden'
                when $4 = 'addOption' and m.sender_id <> me.user_id and not coalesce((p ->> 'membersAddOptions')::boolean, false) then 'forbidden'
                when $4 <> 'close' and {Block.In("c")} then 'blocked'
                when $4 = 'close' then case when {ChangeVotes.IsClosed} then 'same' else 'changed' end
                when $4 = 'reopen' then case when {ChangeVotes.IsClosed} then 'changed' else 'same' end
                when p -> 'options' ? $5 then 'same'
                when {ChangeVotes.IsClosed} then 'closed'
                when jsonb_array_length(p -> 'options') >= $6 then 'tooManyOptions'
                else 'changed'
            end as verdict
            from members me
            join conversations c on c.id = me.conversation_id
            join messages m on m.conversation_id = c.id and m.seq = $2
            cross join lateral (select m.content -> 'poll' as p) poll
            where me.conversation_id = $1 and me.user_id = $3 and me.left_at is null
        ), message as (
            update messages m
            set rev = last_rev + 1,
                content = jsonb_build_object('poll', case $4
                    when 'close' then p || jsonb_build_object('closedAt', clock_timestamp())
                    when 'reopen' then p - 'closedAt' - case when (p ->> 'closesAt')::timestamptz <= clock_timestamp() then 'closesAt' else '' end
                    else jsonb_set(p, array['options'], (p -> 'options') || to_jsonb($5))
                end),
                tally = case when $4 = 'addOption' then jsonb_set(m.tally, array['counts'], (m.tally -> 'counts') || to_jsonb(0)) else m.tally end
            from judged
            where verdict = 'changed' and (m.conversation_id, m.seq) = (judged.conversation_id, judged.seq)
            returning m.*
        ), change as (
            insert into changes (conversation_id, rev, seq) select conversation_id, rev, seq from message
        ), conversation as (
            update conversations c set last_rev = message.rev from message where c.id = message.conversation_id
        ), settled as (
            select * from message
            union all
            select m.* from judged join messages m using (conversation_id, seq) where verdict = 'same'
        )
        select verdict, membership_version, {MessageRow.Columns} from judged left join settled m using (conversation_id, seq)
        """);

    /// <param name="option">For <see cref="PollAction.AddOption"/>: its text.</param>
    /// <exception cref="NpgsqlException">The database refused it, a lock was not had in time, or it could not be reached.</exception>
    public static async Task<PollOutcome> RunAsync(
        NpgsqlDataSource database, Guid conversationId, long seq, Guid userId, PollAction action, string? option, CancellationToken cancellationToken)
    {
        var rows = await StatementBatch.QueryAsync(
            database, Change, Map, timeout: null, cancellationToken,
            LockConversations.Step(conversationId),
            LockPolls.ForChange(conversationId, seq),
            Change.Step(
                Parameter.Of(conversationId), Parameter.Of(seq), Parameter.Of(userId), Parameter.Of(Name(action)), Parameter.Of(option ?? ""),
                Parameter.Of(MessageLimits.OptionsMax)));
        return rows.SingleOrDefault() ?? new PollOutcome.NotFound();
    }

    private static string Name(PollAction action) => action switch
    {
        PollAction.Close => "close",
        PollAction.Reopen => "reopen",
        _ => "addOption",
    };

    private static PollOutcome Map(NpgsqlDataReader row) => MessageRow.Map(row, first: 2) is { } message
        ? new PollOutcome.Changed(message, row.GetInt64(1), IsNew: row.GetString(0) == "changed")
        : new PollOutcome.Refused(Enum.Parse<PollRefusal>(row.GetString(0), ignoreCase: true));
}

/// <summary>Why a change of a poll is not made.</summary>
public enum PollRefusal
{
    /// <summary>Only the author, or also owners and admins, may do this.</summary>
    Forbidden,

    /// <summary>One of the two of a direct conversation has blocked the other.</summary>
    Blocked,

    Deleted,

    /// <summary>The message is no poll.</summary>
    NotPoll,

    Closed,

    /// <summary>It has <see cref="MessageLimits.OptionsMax"/> options.</summary>
    TooManyOptions,
}

/// <summary>What became of a change of a poll.</summary>
public abstract record PollOutcome
{
    private PollOutcome()
    {
    }

    /// <param name="Message">In its present state.</param>
    /// <param name="MembershipVersion">The conversation's, as of the commit.</param>
    /// <param name="IsNew">False where it was so before: then no rev was taken.</param>
    public sealed record Changed(Message Message, long MembershipVersion, bool IsNew) : PollOutcome;

    public sealed record Refused(PollRefusal Reason) : PollOutcome;

    /// <summary>No such message, or the user is no member.</summary>
    public sealed record NotFound : PollOutcome;
}
