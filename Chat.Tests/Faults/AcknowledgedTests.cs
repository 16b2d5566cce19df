using System.Collections.Concurrent;
using System.Net;
using Aspire.Hosting.ApplicationModel;
using Chat.Contracts;
using Chat.Contracts.Messages;
using Chat.Tests.Support;

namespace Chat.Tests.Faults;

/// <summary>While people send, a process is killed and started again. Whatever was acknowledged is there after it, once and in order.</summary>
public sealed class AcknowledgedTests(ChatApplication chat) : IClassFixture<ChatApplication>
{
    private const int Senders = 4;
    private static readonly TimeSpan Bar = TimeSpan.FromSeconds(10);

    [Theory]
    [InlineData("api")]
    [InlineData("realtime")]
    [InlineData("worker")]
    [InlineData("redis")]
    [InlineData("pgbouncer")]
    [InlineData("postgres")]
    public async Task A_message_acknowledged_before_a_kill_is_there_after_it_once(string victim)
    {
        using var alice = await Person.RegisterAsync(chat, "alice");
        var group = await alice.CreateGroupAsync();
        var acknowledged = new ConcurrentDictionary<Guid, long>();
        using var stop = new CancellationTokenSource();
        var senders = Enumerable.Range(0, Senders)
            .Select(n => Task.Run(() => SendUntilAsync(alice, n % 2 == 0 ? "api" : "api2", group.Id, acknowledged, stop.Token))).ToArray();

        await Eventually.HoldsAsync("messages flow", Bar, () => Task.FromResult(acknowledged.Count >= 100));
        Signals.Kill(chat, victim);
        await chat.App.ResourceNotifications.WaitForResourceAsync(victim, KnownResourceStates.TerminalStates);
        var before = acknowledged.Count;
        Assert.True((await chat.App.ResourceCommands.ExecuteCommandAsync(victim, "start")).Success);
        await chat.App.ResourceNotifications.WaitForResourceHealthyAsync(victim).WaitAsync(ChatApplication.Patience);
        await Eventually.HoldsAsync("messages flow again", Bar, () => Task.FromResult(acknowledged.Count >= before + 100));
        await stop.CancelAsync();
        await Task.WhenAll(senders);

        var history = await HistoryAsync(alice, group.Id);
        Assert.Equal(Enumerable.Range(1, history.Count).Select(n => (long)n), history.Select(m => m.Seq));
        Assert.Equal(history.Count, history.Select(m => m.ClientId).Distinct().Count());
        var stored = history.ToDictionary(m => m.ClientId, m => m.Seq);
        Assert.All(acknowledged, sent => Assert.Equal(sent.Value, stored[sent.Key]));
    }

    /// <summary>One message after the other, each sent again under the same id until it is acknowledged.</summary>
    private async Task SendUntilAsync(
        Person sender, string service, Guid conversation, ConcurrentDictionary<Guid, long> acknowledged, CancellationToken stop)
    {
        using var client = sender.At(chat, service);
        while (!stop.IsCancellationRequested)
        {
            var clientId = Guid.NewGuid();
            while (!acknowledged.ContainsKey(clientId) && !stop.IsCancellationRequested)
            {
                if (await TrySendAsync(client, conversation, clientId) is { } seq)
                {
                    acknowledged[clientId] = seq;
                }
            }
        }
    }

    private static async Task<long?> TrySendAsync(HttpClient client, Guid conversation, Guid clientId)
    {
        try
        {
            using var answer = await client.TrySendAsync(conversation, "hello", clientId);
            if (answer.StatusCode == HttpStatusCode.ServiceUnavailable)
            {
                return null;
            }

            return (await Conversing.ReadAsync(Task.FromResult(answer), answer.StatusCode, ContractsJson.Default.Message)).Seq;
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }

    private static async Task<List<Message>> HistoryAsync(Person person, Guid conversation)
    {
        var messages = new List<Message>();
        long? after = 0;
        while (after is not null)
        {
            var page = await person.Client.HistoryAsync(conversation, $"?after={after}&limit=100");
            messages.AddRange(page.Items);
            after = page.Next;
        }

        return messages;
    }
}
