using Chat.Contracts.Conversations;
using Chat.Data.Statements;
using Npgsql;

namespace Chat.Data.Conversations;

/// <summary>Runs a statement that changes one conversation, under its lock, and reads what has become of it: one round trip, one transaction.</summary>
internal static class ChangeConversation
{
    /// <param name="locking">The step that takes the conversation's lock.</param>
    /// <param name="change">Returns one row for <see cref="ConversationOutcome.Map"/>, or none where the actor may not know of the conversation.</param>
    /// <param name="reading">Returns a conversation, if only none.</param>
    /// <returns>Null where the actor may not know of the conversation.</returns>
    public static async Task<ConversationOutcome?> RunAsync(
        NpgsqlDataSource database, NpgsqlBatchCommand locking, Statement statement, NpgsqlBatchCommand change,
        (Statement Statement, NpgsqlBatchCommand Command) reading, CancellationToken cancellationToken)
    {
        ConversationOutcome? outcome = null;
        Conversation? conversation = null;
        await StatementBatch.RunAsync(
            database, [locking],
            [
                new BatchStep(statement, change, row => outcome = ConversationOutcome.Map(row)),
                new BatchStep(reading.Statement, reading.Command, row => conversation = ConversationRow.Map(row)),
            ],
            timeout: null, cancellationToken);
        return outcome is null ? null : outcome with { Conversation = conversation };
    }
}
