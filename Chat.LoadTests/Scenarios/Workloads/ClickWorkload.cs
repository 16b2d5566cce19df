using System.Diagnostics;
using Chat.Contracts;
using Chat.Contracts.Messages;
using Chat.LoadTests.Ledgers;
using Chat.LoadTests.Measuring;
using Chat.LoadTests.Results;
using Chat.LoadTests.Scenarios.Users;
using Chat.LoadTests.Seeding;
using Chat.LoadTests.Sockets;

namespace Chat.LoadTests.Scenarios.Workloads;

/// <summary>Users who react and vote in one conversation, some who look on, and the ledger of what was acknowledged.</summary>
internal sealed class ClickWorkload : Workload
{
    /// <summary>The phase in which each click waits until another sees it.</summary>
    public const string Lone = "lone";

    private const int Members = 100;
    private const int LookingOn = 5;
    private const int Options = 4;
    private static readonly TimeSpan CountedWithin = TimeSpan.FromSeconds(30);

    private readonly Preparation _preparation;
    private readonly TestUsers _people;
    private readonly Guid _conversation;
    private readonly ClickLedger _ledger;
    private readonly ClickSight _sight;
    private readonly PushSockets _sockets;

    private ClickWorkload(
        Preparation preparation, IReadOnlyList<IUser> users, TestUsers people, Guid conversation, ClickLedger ledger, ClickSight sight,
        PushSockets sockets)
        : base(users) =>
        (_preparation, _people, _conversation, _ledger, _sight, _sockets) = (preparation, people, conversation, ledger, sight, sockets);

    public override IEnumerable<string> Notes => _people.Lapsed > 0 ? [$"{_people.Lapsed} tokens could not be renewed in time."] : [];

    /// <summary>So many messages to react to, with so many emoji at a time.</summary>
    public static Func<Preparation, CancellationToken, Task<Workload>> Reactions(int messages, int atATime) => async (preparation, stop) => await CreateAsync(
        preparation, messages, (user, number, conversation, ledger, sight) => new Reactor(
            preparation.Client(user, number), user.Id, conversation, messages, atATime, preparation.Random(number), ledger, sight), stop);

    /// <summary>Two polls, the second of which allows several options.</summary>
    public static async Task<Workload> Votes(Preparation preparation, CancellationToken stop)
    {
        var workload = await CreateAsync(preparation, messages: 0, (user, number, conversation, ledger, _) => new PollVoter(
            preparation.Client(user, number), user.Id, conversation, Options, preparation.Random(number), ledger), stop);
        await workload.AskAsync(multiple: false, stop);
        await workload.AskAsync(multiple: true, stop);
        return workload;
    }

    public override async Task BeginAsync(Phase phase, CancellationToken stop)
    {
        await CountedAsync(stop);
        _sight.Begin(phase.Name == Lone);
    }

    public override async Task<PhaseResult> EndAsync(PhaseResult result, bool isMain)
    {
        await CountedAsync(CancellationToken.None);
        return result with
        {
            PushMs = _sight.Watches ? Latencies.Of(_sight.Latency) : null,
            PushesPerMessage = Math.Round(_sight.Pushes / Math.Max(1, result.DurationS), 2),
        };
    }

    public override async Task<RunResult> SettleAsync(RunResult result, CancellationToken stop)
    {
        var owner = _preparation.Stack.Owner();
        var queued = await CountedAsync(stop);
        var rows = await ClickRows.ReadAsync(owner, _conversation, stop);
        return result with
        {
            Clicks = new ClickTotals(
                _ledger.Count, rows.Count, _ledger.Compare(rows), await ClickRows.DifferingAsync(owner, _conversation, stop), queued),
            Fsync = await Durability.ReadAsync(owner, stop),
        };
    }

    public override async ValueTask DisposeAsync()
    {
        await _sockets.DisposeAsync();
        await base.DisposeAsync();
        await _people.DisposeAsync();
    }

    private static async Task<ClickWorkload> CreateAsync(
        Preparation preparation, int messages, Func<TestUser, int, Guid, ClickLedger, ClickSight, IUser> user, CancellationToken stop)
    {
        var people = await preparation.UsersAsync(Math.Max(Members, preparation.Scenario.Users), stop);
        var conversation = (await preparation.ConversationsAsync([Shapes.OneGroup("Clicks", people, messages)], stop))[0].Id;
        var (ledger, sight) = (new ClickLedger(), new ClickSight());
        var nodes = preparation.Stack.Realtime;
        var targets = people.TakeLast(LookingOn).Select((who, n) => new PushTarget(nodes[n % nodes.Count], who.AccessToken, n)).ToArray();
        var sockets = await PushSockets.OpenAsync(targets, new OpenRate(), Receive, stop);
        return new ClickWorkload(
            preparation, [.. people.Take(preparation.Scenario.Users).Select((who, n) => user(who, n, conversation, ledger, sight))],
            people, conversation, ledger, sight, sockets);

        void Receive(int recipient, in Push push, long receivedAt)
        {
            if (recipient == 0 && push.ConversationId == conversation)
            {
                sight.Received(push, receivedAt);
            }
        }
    }

    private async Task AskAsync(bool multiple, CancellationToken stop)
    {
        using var author = _preparation.Client(_people[0], 0);
        var poll = new SendPollRequest(Guid.NewGuid(), "Which?", [.. Enumerable.Range(0, Options).Select(n => $"option {n}")], multiple);
        var answer = await author.SendAsync(
            "ask", "POST", $"/api/conversations/{_conversation}/polls", poll, ContractsJson.Default.SendPollRequest, expected: 201,
            Stopwatch.GetTimestamp(), new Recorder(), stop);
        _ = answer is { Status: 201 } ? true : throw new CannotRunException("A poll could not be sent.");
    }

    private Task<long> CountedAsync(CancellationToken stop) =>
        ClickRows.WaitUntilCountedAsync(_preparation.Stack.Owner(), _conversation, CountedWithin, stop);
}
