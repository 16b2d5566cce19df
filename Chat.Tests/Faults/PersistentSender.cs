using System.Diagnostics;
using System.Text.Json;
using Chat.Contracts;
using Chat.Contracts.Messages;
using Chat.LoadTests.Http;
using Chat.LoadTests.Ledgers;
using Chat.LoadTests.Measuring;
using Chat.LoadTests.Seeding;

namespace Chat.Tests.Faults;

/// <summary>A replica of the API, and what came of the calls to it.</summary>
internal sealed record Replica(Uri Address, Recorder Calls);

/// <summary>
/// Sends message after message without a pause. Each is sent again under the same id until it is acknowledged: first to the replica
/// that is the sender's own, then to the next, and so on.
/// </summary>
internal sealed class PersistentSender(
    TestUser user, IReadOnlyList<Replica> replicas, int own, IReadOnlyList<Guid> conversations, DeliveryLedger ledger) : IDisposable
{
    /// <summary>After this long without an answer the sender goes to the next replica. No replica that runs may take as long.</summary>
    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);

    private readonly ApiClient[] _clients = [.. replicas.Select(replica => new ApiClient(replica.Address, () => user.AccessToken, Timeout))];
    private readonly Dictionary<Guid, long> _last = conversations.ToDictionary(id => id, _ => 0L);

    /// <summary>How often one message was sent again, at most.</summary>
    public int Retries { get; private set; }

    /// <summary>How many were acknowledged under a lower seq than one that was acknowledged before.</summary>
    public int Disordered { get; private set; }

    /// <summary>How many were stored by a call that was not answered, before the one that was.</summary>
    public int CutOff { get; private set; }

    /// <param name="stop">Begin no other message.</param>
    /// <param name="giveUp">What is not acknowledged by now never will be.</param>
    public async Task SendUntilAsync(CancellationToken stop, CancellationToken giveUp)
    {
        for (var n = 0; !stop.IsCancellationRequested; n++)
        {
            await SendAsync(conversations[n % conversations.Count], giveUp);
        }
    }

    public void Dispose() => Array.ForEach(_clients, client => client.Dispose());

    private async Task SendAsync(Guid conversation, CancellationToken giveUp)
    {
        var message = new SendMessageRequest(Guid.NewGuid(), "hello");
        for (var retries = 0; ; retries++)
        {
            giveUp.ThrowIfCancellationRequested();
            var to = (own + retries) % replicas.Count;
            var began = DateTimeOffset.UtcNow;
            var answer = await _clients[to].SendAsync(
                "send", "POST", $"/api/conversations/{conversation}/messages", message, ContractsJson.Default.SendMessageRequest, expected: 201,
                Stopwatch.GetTimestamp(), replicas[to].Calls, giveUp);
            if (answer is { Status: 201, Body: var body })
            {
                Retries = Math.Max(Retries, retries);
                Acknowledged(JsonSerializer.Deserialize(body.Span, ContractsJson.Default.Message)!, began);
                return;
            }
        }
    }

    private void Acknowledged(Message message, DateTimeOffset began)
    {
        ledger.Acknowledged(message.ConversationId, message.Seq, message.ClientId);
        Disordered += message.Seq < _last[message.ConversationId] ? 1 : 0;
        CutOff += message.CreatedAt < began ? 1 : 0;
        _last[message.ConversationId] = message.Seq;
    }
}
