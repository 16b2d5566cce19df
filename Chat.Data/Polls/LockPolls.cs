using Chat.Data.Statements;
using Npgsql;

namespace Chat.Data.Polls;

/// <summary>
/// Keeps votes and the closing of a poll apart. Any number of votes go on side by side; closing waits for those under way, and votes
/// that come meanwhile wait for it and find the poll closed. Locks of no row: what many voters share would otherwise be written to by each.
/// A step before the statement that needs it, as every lock, and always in the same order.
/// </summary>
internal static class LockPolls
{
    private const string Keys = """
        (select distinct hashtextextended(concat_ws('/', 'poll', conversation_id, seq), 0) as key
         from unnest($1, $2) as polls (conversation_id, seq) order by key) as keys
        """;

    private static readonly Statement Shared = new("LockPollsForVotes", $"select pg_advisory_xact_lock_shared(key) from {Keys}");

    private static readonly Statement Exclusive = new("LockPoll", $"select pg_advisory_xact_lock(key) from {Keys}");

    public static NpgsqlBatchCommand ForVotes(IReadOnlyCollection<(Guid ConversationId, long Seq)> polls) => Shared.Step(
        Parameter.Of(polls.Select(p => p.ConversationId).ToArray()), Parameter.Of(polls.Select(p => p.Seq).ToArray()));

    public static NpgsqlBatchCommand ForChange(Guid conversationId, long seq) =>
        Exclusive.Step(Parameter.Of(new[] { conversationId }), Parameter.Of(new[] { seq }));
}
