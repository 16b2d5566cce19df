using Chat.Data.Conversations;
using Chat.Data.Statements;
using Npgsql;

namespace Chat.Data.Messages;

/// <summary>
/// Commits a batch of messages and changes of messages in one round trip, which is one transaction: the locks, then what is sent, then
/// what is changed, each with a fresh snapshot. Running the same batch again changes nothing.
/// </summary>
internal static class WriteMessages
{
    private static readonly SendOutcome NotMember = new SendOutcome.NotMember();
    private static readonly ChangeOutcome NotFound = new ChangeOutcome.NotFound();

    /// <param name="sends">In any order; seq follows it.</param>
    /// <param name="changes">At most one of each message.</param>
    /// <param name="lockTimeout">How long to wait for each lock.</param>
    /// <param name="timeout">For all of it.</param>
    /// <returns>What became of each.</returns>
    /// <exception cref="NpgsqlException">A PostgresException: nothing was committed. Any other: unknown, run it again.</exception>
    public static async Task<(SendOutcome[] Sends, ChangeOutcome[] Changes)> RunAsync(
        NpgsqlDataSource database, IReadOnlyList<NewMessage> sends, IReadOnlyList<MessageChange> changes, TimeSpan lockTimeout,
        TimeSpan timeout, CancellationToken cancellationToken)
    {
        var (sent, changed) = (new SendOutcome[sends.Count], new ChangeOutcome[changes.Count]);
        Array.Fill(sent, NotMember);
        Array.Fill(changed, NotFound);
        var steps = new List<BatchStep>(2);
        if (sends.Count > 0)
        {
            steps.Add(sends.All(m => m.Details is null) ? SendMessages.Step(sends, sent) : SendDetailedMessages.Step(sends, sent));
        }

        if (changes.Count > 0)
        {
            steps.Add(ChangeMessages.Step(changes, changed));
        }

        Guid[] conversations = [.. sends.Select(m => m.ConversationId).Concat(changes.Select(c => c.ConversationId)).Distinct()];
        await StatementBatch.RunAsync(database, [LockConversations.Within(lockTimeout), LockConversations.Step(conversations)], steps, timeout, cancellationToken);
        return (sent, changed);
    }
}
