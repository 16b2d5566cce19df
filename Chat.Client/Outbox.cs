using System.Collections.Concurrent;
using System.Net.Http.Json;
using System.Threading.Channels;
using Chat.Contracts;

namespace Chat.Client;

/// <summary>
/// Sends what the user writes, in the order of writing in each conversation: the next only when the one before is acknowledged or given
/// up. Repeats under the same <c>clientId</c>, so that nothing is there twice.
/// </summary>
internal sealed class Outbox(ApiCalls api, ClientOptions options, Action<PendingMessage, Chat.Contracts.Messages.Message?> ended, CancellationToken stop)
{
    /// <summary>Written and not yet sent, of one conversation; beyond it the user is told at once that it cannot be sent.</summary>
    private const int Most = 1_000;

    private readonly ConcurrentDictionary<Guid, Channel<PendingMessage>> _queues = [];

    public void Add(PendingMessage pending)
    {
        var queue = _queues.GetOrAdd(pending.ConversationId, conversation =>
        {
            var made = Channel.CreateBounded<PendingMessage>(Most);
            Task.Run(() => SendAllAsync(made.Reader), CancellationToken.None);
            return made;
        });
        if (!queue.Writer.TryWrite(pending))
        {
            ended(pending, null);
        }
    }

    private async Task SendAllAsync(ChannelReader<PendingMessage> queue)
    {
        try
        {
            await foreach (var pending in queue.ReadAllAsync(stop))
            {
                ended(pending, await SendAsync(pending));
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SessionEndedException)
        {
        }
    }

    private async Task<Chat.Contracts.Messages.Message?> SendAsync(PendingMessage pending)
    {
        for (var attempt = 0; attempt < options.SendAttempts; attempt++)
        {
            var answer = await api.TryAsync(
                () => new HttpRequestMessage(HttpMethod.Post, $"/api/conversations/{pending.ConversationId}/messages")
                {
                    Content = JsonContent.Create(pending.Request, ContractsJson.Default.SendMessageRequest),
                },
                ContractsJson.Default.Message, stop);
            if (answer is { } final)
            {
                // Refused for a reason that does not go away by itself, or stored.
                return final.Value;
            }

            // The pause before the same message is sent again, jittered.
            await Task.Delay(options.Backoff.Pause(attempt), stop);
        }

        return null;
    }
}
