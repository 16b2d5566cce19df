using System.Diagnostics;
using Chat.LoadTests.Results;
using Chat.LoadTests.Seeding;
using Chat.LoadTests.Sockets;

namespace Chat.LoadTests.Scenarios.Companions;

/// <summary>The sockets of people who hear: as many as the phase wants, each of a user of its own, on another replica than they send to.</summary>
internal sealed class OpenSockets : ICompanion
{
    private const int RealtimeBytesUnknown = 0;
    private readonly Preparation _preparation;
    private readonly TestUsers _people;
    private readonly PushSockets _sockets;
    private readonly double _megabytesBefore;
    private int _opened;

    /// <param name="preparation">Says how many sockets the scenario has at most, and how fast they are opened.</param>
    /// <param name="people">The first of them have sockets.</param>
    /// <param name="receive">Takes what they hear; recipients are numbered as people are.</param>
    /// <param name="returning">What those do that are cut off; null: stay away.</param>
    public OpenSockets(Preparation preparation, TestUsers people, PushHandler receive, ReturnPolicy? returning)
    {
        (_preparation, _people) = (preparation, people);
        _sockets = new PushSockets(preparation.Scenario.Sockets, receive, returning);
        _megabytesBefore = RealtimeMegabytes();
    }

    public PushSockets All => _sockets;

    public int Opened => _opened;

    public Task BeginAsync(Phase phase, CancellationToken stop) =>
        phase.Sockets is { } wanted ? OpenToAsync(wanted, stop) : Task.CompletedTask;

    /// <summary>Opens what is missing to that number.</summary>
    public async Task OpenToAsync(int wanted, CancellationToken stop)
    {
        var (scenario, nodes) = (_preparation.Scenario, _preparation.Stack.Realtime);
        if (wanted > _opened)
        {
            _preparation.Progress.Say($"  opening {wanted - _opened:#,0} sockets …");
            var began = Stopwatch.GetTimestamp();
            await _sockets.AddAsync(
                [.. Enumerable.Range(_opened, wanted - _opened).Select(TargetOf)], new OpenRate(scenario.ConnectsPerSecond), stop);
            var rate = (wanted - _opened) / Stopwatch.GetElapsedTime(began).TotalSeconds;
            _opened = wanted;
            var connect = Latencies.Of(_sockets.ConnectTime);
            _preparation.Progress.Say($"    {_sockets.Open:#,0} open, {rate:0} a second, connect p95 {connect?.P95:0.0} ms");
        }

        PushTarget TargetOf(int number)
        {
            var node = scenario.OnOneNode ? nodes[0] : nodes[(number + 1) % nodes.Count];
            return new PushTarget(node, _people[number].AccessToken, number) { Fresh = () => _people[number].AccessToken };
        }
    }

    public Task<PhaseResult> EndAsync(Phase phase, PhaseResult result) => Task.FromResult(result with
    {
        Sockets = new SocketsResult(
            _sockets.Open, _sockets.FailuresByReason.Values.Sum(), _sockets.DropsByReason.Values.Sum(), Latencies.Of(_sockets.ConnectTime), KilobytesEach()),
    });

    public ValueTask DisposeAsync() => _sockets.DisposeAsync();

    private double? KilobytesEach() => _megabytesBefore == RealtimeBytesUnknown || _sockets.Open == 0
        ? null
        : Math.Round((RealtimeMegabytes() - _megabytesBefore) * 1000 / _sockets.Open, 1);

    private double RealtimeMegabytes() => _preparation.Stack.Processes().Held()
        .Where(process => process.Key.StartsWith("realtime", StringComparison.Ordinal)).Sum(process => process.Value.Mb);
}
