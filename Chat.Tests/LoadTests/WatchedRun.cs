using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using Chat.Contracts;
using Chat.Contracts.Messages;
using Chat.LoadTests.Ledgers;
using Chat.LoadTests.Sockets;

namespace Chat.Tests.LoadTests;

/// <summary>Some recipients of one conversation of a <see cref="FaultyServer"/>, and the ledger over them.</summary>
internal sealed class WatchedRun : IAsyncDisposable
{
    public const int Recipients = 3;
    private readonly FaultyServer _server;
    private readonly HttpClient _sender = new();

    private WatchedRun(FaultyServer server, TimeSpan? lateAfter)
    {
        _server = server;
        Ledger = new DeliveryLedger([new LedgerConversation(Conversation, 0, [.. Enumerable.Range(0, Recipients)])], lateAfter);
    }

    public static Guid Conversation { get; } = Guid.CreateVersion7();

    public DeliveryLedger Ledger { get; }

    public PushSockets Sockets { get; private set; } = null!;

    public static async Task<WatchedRun> OpenAsync(FaultyServer server, TimeSpan? lateAfter = null)
    {
        var run = new WatchedRun(server, lateAfter);
        run.Sockets = await PushSockets.OpenAsync(
            [.. Enumerable.Range(0, Recipients).Select(n => new PushTarget(server.Address, $"{n}", n))],
            new OpenRate(), run.Ledger.Received, CancellationToken.None);
        Assert.Empty(run.Sockets.FailuresByReason);
        return run;
    }

    /// <summary>Sends one message after the other, and tells the ledger of each.</summary>
    public async Task SendAsync(int count = 10)
    {
        for (var n = 0; n < count; n++)
        {
            var clientId = SendStamp.New(Stopwatch.GetTimestamp());
            using var answer = await _sender.PostAsJsonAsync(
                new Uri(_server.Address, $"/api/conversations/{Conversation}/messages"), new SendMessageRequest(clientId, "hello"),
                ContractsJson.Default.SendMessageRequest);
            Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
            Ledger.Acknowledged(Conversation, (await answer.Content.ReadFromJsonAsync(ContractsJson.Default.Message))!.Seq, clientId);
        }
    }

    /// <summary>Waits for the last pushes, says good-bye and settles against what the server stored.</summary>
    /// <param name="allArrive">Whether all that was acknowledged is expected to come.</param>
    public async Task<Settlement> SettleAsync(bool allArrive = true)
    {
        var quiet = allArrive ? TimeSpan.FromSeconds(30) : TimeSpan.FromSeconds(2);
        Assert.Equal(allArrive, await Ledger.WaitForQuietAsync(quiet, TimeSpan.FromSeconds(60), CancellationToken.None));
        await Sockets.CloseAsync();
        return await Ledger.SettleAsync(_server.Rows.ToAsyncEnumerable(), CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        _sender.Dispose();
        await Sockets.DisposeAsync();
    }
}
