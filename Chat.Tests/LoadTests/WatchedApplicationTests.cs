using System.Diagnostics;
using Chat.LoadTests.Ledgers;
using Chat.LoadTests.Sockets;
using Chat.Tests.Support;

namespace Chat.Tests.LoadTests;

/// <summary>The load tests' sockets and ledger over the real application.</summary>
[Collection(ChatCollection.Name)]
public sealed class WatchedApplicationTests(ChatApplication chat)
{
    [Fact]
    public async Task Pushes_over_both_replicas_arrive_and_the_ledger_agrees_with_the_database()
    {
        using var alice = await Person.RegisterAsync(chat, "alice");
        using var bob = await Person.RegisterAsync(chat, "bob");
        var group = await alice.CreateGroupAsync(bob);
        var before = await alice.Client.SendAsync(group.Id);
        var ledger = new DeliveryLedger([new LedgerConversation(group.Id, before.Seq, [0, 1, 2])]);
        await using var sockets = await PushSockets.OpenAsync(
            [Target("realtime", alice, 0), Target("realtime2", bob, 1), Target("realtime", bob, 2), Target("realtime2", null, 3)],
            new OpenRate(), ledger.Received, CancellationToken.None);

        foreach (var (sender, n) in Enumerable.Range(0, 20).Select(n => (n % 2 == 0 ? alice : bob, n)))
        {
            var clientId = SendStamp.New(Stopwatch.GetTimestamp());
            var sent = await sender.Client.SendAsync(group.Id, $"\u001e {n} 👋", clientId);
            ledger.Acknowledged(group.Id, sent.Seq, clientId);
        }

        Assert.True(await ledger.WaitForQuietAsync(ChatApplication.Patience, ChatApplication.Patience, CancellationToken.None));
        await sockets.CloseAsync();
        await using var database = await chat.OwnerAsync();
        var settlement = await ledger.SettleAsync(
            DatabaseRows.ReadAsync(database, ledger.Conversations, CancellationToken.None), CancellationToken.None);

        Assert.True(settlement.IsWhole, string.Join(Environment.NewLine, settlement.Examples));
        Assert.Equal((60, 60), (settlement.Due, settlement.Received));
        Assert.Equal(60, ledger.Latency.Count);
        Assert.Equal(1, Assert.Contains("status 401", sockets.FailuresByReason));
        Assert.Empty(sockets.DropsByReason);
    }

    private PushTarget Target(string node, Person? person, int recipient) =>
        new(chat.Client(node).BaseAddress!, person?.SignIn.AccessToken ?? "nobody", recipient);
}
