using Chat.Data.Conversations;
using Chat.Data.Polls;
using Chat.Data.Reactions;
using Chat.Data.Statements;
using Npgsql;

namespace Chat.Data.Clicks;

/// <summary>
/// Commits a batch of clicks in one round trip, which is one transaction: polls, so that none is closed meanwhile; the users' own
/// streams, in the order of their ids, which makes one user's clicks come one after the other, at whichever replica; then the clicks,
/// each statement with a fresh snapshot. Every change is committed together with its message's place in the queue of recounts, and with
/// a row in the user's own stream, for their other devices. Running the same batch again changes nothing.
/// </summary>
internal static class WriteClicks
{
    private static readonly Statement MakeStreams = new("MakeUserStreams", """
        with made as (
            insert into user_streams (user_id, last_rev)
            select id, 0 from unnest($1) as id where not exists (select from user_streams where user_id = id) order by id
            on conflict do nothing
            returning user_id
        )
        select count(*) from made
        """, "uuid[]");

    private static readonly Statement LockStreams = new("LockUserStreams", """
        select count(*) from (select from user_streams where user_id = any ($1) order by user_id for no key update) as locked
        """, "uuid[]");

    private static readonly ClickOutcome NotFound = new ClickOutcome.NotFound();

    /// <summary>
    /// The end of both statements, after <c>judged</c>: what was changed goes to the queue of recounts, a place a message with some of the
    /// requests' traces, and to the streams, which are locked. Returns the click's number, the verdict and the rev in the user's own stream.
    /// </summary>
    internal const string QueueAndTell = """
        numbered as (
            select judged.*, s.last_rev + row_number() over (partition by user_id order by n) as own_rev
            from judged
            join user_streams s using (user_id)
            where verdict = 'changed'
        ), queued as (
            insert into recount_queue (conversation_id, seq, trace_parent)
            select conversation_id, seq, array_to_string((array_agg(distinct trace_parent))[:8], ' ') from numbered group by conversation_id, seq
        ), stream as (
            update user_streams s set last_rev = own.rev
            from (select user_id, max(own_rev) as rev from numbered group by user_id) as own
            where s.user_id = own.user_id
        ), user_change as (
            insert into user_changes (user_id, rev, conversation_id, seq) select user_id, own_rev, conversation_id, seq from numbered
        )
        select judged.n, judged.verdict, numbered.own_rev from judged left join numbered using (n)
        """;

    /// <param name="clicks">At most one of each user on each message that is a reaction, and one that is a vote.</param>
    /// <param name="lockTimeout">How long to wait for each lock.</param>
    /// <param name="timeout">For all of it.</param>
    /// <returns>What became of each.</returns>
    /// <exception cref="NpgsqlException">A PostgresException: nothing was committed. Any other: unknown, run it again.</exception>
    public static async Task<ClickOutcome[]> RunAsync(
        NpgsqlDataSource database, IReadOnlyList<Click> clicks, TimeSpan lockTimeout, TimeSpan timeout, CancellationToken cancellationToken)
    {
        var outcomes = new ClickOutcome[clicks.Count];
        Array.Fill(outcomes, NotFound);
        var numbered = clicks.Select((click, i) => (Click: click, Place: i)).ToList();
        var reactions = numbered.Where(c => c.Click is ReactionClick).Select(c => ((ReactionClick)c.Click, c.Place)).ToList();
        var votes = numbered.Where(c => c.Click is VoteClick).Select(c => ((VoteClick)c.Click, c.Place)).ToList();
        Guid[] users = [.. clicks.Select(c => c.UserId).Distinct()];
        List<NpgsqlBatchCommand> locks = [LockConversations.Within(lockTimeout)];
        var steps = new List<BatchStep>(2);
        if (votes.Count > 0)
        {
            locks.Add(LockPolls.ForVotes([.. votes.Select(v => (v.Item1.ConversationId, v.Item1.Seq)).Distinct()]));
            steps.Add(ChangeVotes.Step(votes, outcomes));
        }

        if (reactions.Count > 0)
        {
            steps.Add(ChangeReactions.Step(reactions, outcomes));
        }

        locks.AddRange([MakeStreams.Step(Parameter.Of(users)), LockStreams.Step(Parameter.Of(users))]);
        await StatementBatch.RunAsync(database, locks, steps, timeout, cancellationToken);
        return outcomes;
    }

    /// <summary>A row of <see cref="QueueAndTell"/>.</summary>
    internal static ClickOutcome Map(NpgsqlDataReader row) => row.GetString(1) switch
    {
        "changed" => new ClickOutcome.Settled(row.GetInt64(2)),
        "same" => new ClickOutcome.Settled(null),
        var refusal => new ClickOutcome.Refused(Enum.Parse<ClickRefusal>(refusal, ignoreCase: true)),
    };
}
