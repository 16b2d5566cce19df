using Chat.LoadTests.Ledgers;
using Chat.LoadTests.Measuring;
using Chat.LoadTests.Seeding;
using Chat.LoadTests.Stacks;
using Chat.Tests.LoadTests;
using Chat.Tests.Support;

namespace Chat.Tests.Faults;

/// <summary>People who send without a pause, half of them to each replica of the API, and the book of what was acknowledged.</summary>
internal sealed class SteadyLoad : IAsyncDisposable
{
    private const int Senders = 30;
    private const int Groups = 10;
    private const int GroupSize = 6;

    /// <summary>That many more from each replica show that messages flow.</summary>
    private const int Flow = 100;

    private readonly CancellationTokenSource _stop = new();
    private readonly CancellationTokenSource _giveUp = new();
    private readonly Stack _stack;
    private readonly TestUsers _users;
    private readonly PersistentSender[] _senders;
    private readonly Task _sending;

    private SteadyLoad(Stack stack, TestUsers users, IReadOnlyList<SeededConversation> groups)
    {
        (_stack, _users, Conversations) = (stack, users, [.. groups.Select(group => group.Id)]);
        Ledger = new DeliveryLedger([.. Conversations.Select(id => new LedgerConversation(id, LastSeq: 0, Recipients: []))]);
        Replicas = [.. stack.Api.Select(address => new Replica(address, new Recorder()))];
        _senders = [.. users.Select((user, n) => new PersistentSender(
            user, Replicas, own: n % Replicas.Count, [.. groups.Where(group => group.Members.Contains(user)).Select(group => group.Id)], Ledger))];
        _sending = Task.WhenAll(_senders.Select(sender => Task.Run(() => sender.SendUntilAsync(_stop.Token, _giveUp.Token))));
    }

    public IReadOnlyList<Guid> Conversations { get; }

    /// <summary>What was acknowledged.</summary>
    public DeliveryLedger Ledger { get; }

    /// <summary>"api" and "api2".</summary>
    public IReadOnlyList<Replica> Replicas { get; }

    /// <summary>How often one message was sent again, at most.</summary>
    public int Retries => _senders.Max(sender => sender.Retries);

    /// <summary>How many messages were acknowledged before another of the same sender and conversation that has a lower seq.</summary>
    public int Disordered => _senders.Sum(sender => sender.Disordered);

    /// <summary>How many messages were stored by a call that was not answered.</summary>
    public int CutOff => _senders.Sum(sender => sender.CutOff);

    /// <summary>Returns when messages flow.</summary>
    public static async Task<SteadyLoad> StartAsync(ChatApplication chat)
    {
        var stack = await chat.StackAsync();
        var users = await TestUsers.CreateAsync(stack, Senders, seed: 1, CancellationToken.None);
        await using var owner = await chat.OwnerAsync();
        var groups = await SeedConversations.RunAsync(
            owner, Shapes.Groups(users, Groups, GroupSize), seed: 1, progress: null, CancellationToken.None);
        var load = new SteadyLoad(stack, users, groups);
        await load.FlowsAsync(ChatApplication.Patience);
        return load;
    }

    /// <summary>Waits until messages are acknowledged by each replica.</summary>
    public async Task FlowsAsync(TimeSpan within)
    {
        long[] wanted = [.. Replicas.Select(replica => replica.Calls.Accepted + Flow)];
        await Eventually.HoldsAsync(
            "messages flow through both replicas", within,
            () => Task.FromResult(_sending.IsFaulted || Replicas.Zip(wanted).All(r => r.First.Calls.Accepted >= r.Second)));
    }

    /// <summary>Begins no other message, and waits until each that was begun is acknowledged.</summary>
    public async Task EndAsync()
    {
        await _stop.CancelAsync();
        _giveUp.CancelAfter(ChatApplication.Patience);
        await _sending;
    }

    /// <summary>Somebody who is a member of the first conversation.</summary>
    public HttpClient Member(ChatApplication chat)
    {
        var client = chat.Client();
        client.DefaultRequestHeaders.Authorization = new("Bearer", _users[0].AccessToken);
        return client;
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _giveUp.CancelAsync();
        await _sending.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Array.ForEach(_senders, sender => sender.Dispose());
        await _users.DisposeAsync();
        await _stack.DisposeAsync();
        _stop.Dispose();
        _giveUp.Dispose();
    }
}
