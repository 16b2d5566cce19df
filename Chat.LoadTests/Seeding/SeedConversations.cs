using Chat.LoadTests.Seeding.Copying;
using Npgsql;

namespace Chat.LoadTests.Seeding;

/// <summary>
/// Writes conversations with members, messages and changes by COPY, as the application would have left them had everything been
/// said through it: tests hold it to that. One transaction, so that a run that is cut off leaves nothing; afterwards ANALYZE.
/// </summary>
internal static class SeedConversations
{
    /// <param name="owner">A pool as the database's owner.</param>
    /// <param name="plans">The same users may be in many, also of earlier calls.</param>
    /// <param name="seed">Who says what, and how much later, follows from it; ids are new.</param>
    /// <param name="progress">Told how many messages are written, every 50,000.</param>
    /// <returns>The conversations in the order of the plans.</returns>
    public static async Task<IReadOnlyList<SeededConversation>> RunAsync(
        NpgsqlDataSource owner, IEnumerable<ConversationPlan> plans, int seed, IProgress<long>? progress, CancellationToken cancellationToken)
    {
        await using var connection = await owner.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var histories = await CopyMessages.RunAsync(connection, plans, seed, progress, cancellationToken);
        await CopyFiles.RunAsync(connection, histories, cancellationToken);
        await CopyChanges.RunAsync(connection, histories, cancellationToken);
        await CopyMembership.RunAsync(connection, histories, cancellationToken);
        await AddToUserStreams.RunAsync(connection, [.. histories.Select(h => h.Id)], cancellationToken);
        await transaction.CommitAsync(cancellationToken);

        await using var analyze = new NpgsqlCommand(
            "analyze conversations, members, messages, files, file_uses, changes, user_streams, user_changes", connection)
        { CommandTimeout = 0 };
        await analyze.ExecuteNonQueryAsync(cancellationToken);
        return [.. histories.Select(h => new SeededConversation(h.Id, h.Plan.Title, h.Plan.Members, h.LastSeq))];
    }
}
