using Chat.Data.Accounts;
using Chat.Data.Conversations;
using Chat.Data.Events;
using Npgsql;

namespace Chat.Worker.Jobs;

/// <summary>
/// Takes deleted accounts out of their conversations, as if each had left. Two workers may do the same at once: the second finds it done.
/// </summary>
internal sealed partial class FinishDeletionsJob(NpgsqlDataSource database, EventPublisher publisher, ILogger<FinishDeletionsJob> log) : IJob
{
    public static string Name => "FinishDeletions";

    public TimeSpan Idle => TimeSpan.FromSeconds(1);

    public TimeSpan Timeout => TimeSpan.FromSeconds(30);

    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var done = 0;
        foreach (var (userId, conversationId) in await FinishDeletions.FindAsync(database, cancellationToken))
        {
            if (conversationId is not { } conversation)
            {
                await FinishDeletions.CleanAsync(database, userId, cancellationToken);
                done++;
            }
            else if (await LeaveAsync(conversation, userId, cancellationToken))
            {
                done++;
            }
        }

        return done;
    }

    /// <returns>False: the conversation is locked; it is tried again in the next pass, and holds up no other.</returns>
    private async Task<bool> LeaveAsync(Guid conversationId, Guid userId, CancellationToken cancellationToken)
    {
        try
        {
            if (await LeaveForGood.RunAsync(database, conversationId, userId, cancellationToken) is { } left)
            {
                // What members are told is what they hear when somebody leaves: first who hears it, then what.
                var conversation = await ReadConversations.SharedAsync(database, conversationId, CancellationToken.None);
                _ = publisher.PublishControlAsync(new MembershipChanged(conversationId, userId, left.MembershipVersion, Joined: false));
                _ = publisher.PublishAsync(ConversationEvents.Removed(conversation, userId, left.Rev, left.MembershipVersion));
                if (left.HeirId is { } heir)
                {
                    _ = publisher.PublishControlAsync(new OwnStreamGrew(heir, left.HeirRev));
                }
            }

            return true;
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.LockNotAvailable)
        {
            LogHeld(log, conversationId);
            return false;
        }
    }

    [LoggerMessage(LogLevel.Information, "A deleted account is still in {ConversationId}, which is locked; it will be tried again")]
    private static partial void LogHeld(ILogger logger, Guid conversationId);
}
