using System.Diagnostics;
using Chat.LoadTests.Ledgers;
using Chat.LoadTests.Measuring;
using Chat.LoadTests.Results;
using Chat.LoadTests.Scenarios.Companions;
using Chat.LoadTests.Seeding;
using Chat.LoadTests.Stacks.Telemetry;

namespace Chat.LoadTests.Scenarios.Workloads;

/// <summary>Users who send messages, sockets that get them, the ledger of both, and what else goes on beside them.</summary>
internal sealed partial class SendWorkload : Workload
{
    private const string Closed = "chat.realtime.closed reason=";
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan QuietAtMost = TimeSpan.FromSeconds(30);

    private readonly Preparation _preparation;
    private readonly TestUsers _people;
    private readonly DeliveryLedger _ledger;
    private readonly OpenSockets? _sockets;
    private readonly NodeDeath? _death;
    private readonly CatchUps? _catchUps;
    private readonly IReadOnlyList<ICompanion> _companions;
    private readonly TelemetrySnapshot? _telemetry;
    private Phase? _phase;
    private long _late;

    private SendWorkload(
        Preparation preparation, IReadOnlyList<IUser> users, TestUsers people, DeliveryLedger ledger, OpenSockets? sockets, NodeDeath? death,
        CatchUps? catchUps, IReadOnlyList<ICompanion> others, TelemetrySnapshot? telemetry)
        : base(users)
    {
        (_preparation, _people, _ledger, _sockets, _death, _catchUps, _telemetry) = (preparation, people, ledger, sockets, death, catchUps, telemetry);
        _companions = [.. new ICompanion?[] { death, sockets }.OfType<ICompanion>(), .. others];
    }

    public override IEnumerable<string> Notes =>
    [
        .. _people.Lapsed > 0 ? [$"{_people.Lapsed} tokens could not be renewed in time."] : (string[])[],
        .. _catchUps is { } asked
            ? [$"{asked.Calls.Accepted} calls to catch up, p95 {asked.Calls.Latency.Percentile(0.95).TotalMilliseconds:0.0} ms, {asked.Calls.Errors} failed and were repeated."]
            : (string[])[],
    ];

    public override bool HasKilled(string process) => _death?.HasKilled(process) == true;

    public override async Task BeginAsync(Phase phase, CancellationToken stop)
    {
        _phase = phase;
        foreach (var companion in _companions.Reverse())
        {
            await companion.BeginAsync(phase, stop);
        }

        _ledger.MeasureFrom(Stopwatch.GetTimestamp());
    }

    public override async Task<PhaseResult> EndAsync(PhaseResult result, bool isMain)
    {
        foreach (var companion in _companions)
        {
            result = await companion.EndAsync(_phase!, result);
        }

        await _ledger.WaitForQuietAsync(Quiet, QuietAtMost, CancellationToken.None);
        _late = isMain ? _ledger.Late : _late;
        return _sockets is null
            ? result
            : result with
            {
                PushMs = Latencies.Of(_ledger.Latency),
                DeliveriesPerSecond = Math.Round(_ledger.Latency.Count / result.DurationS, 1),
            };
    }

    public override async Task<RunResult> SettleAsync(RunResult result, CancellationToken stop)
    {
        var rows = DatabaseRows.ReadAsync(_preparation.Stack.Owner(), _ledger.Conversations, stop);
        var settlement = await _ledger.SettleAsync(rows, stop);
        var fsync = await Durability.ReadAsync(_preparation.Stack.Owner(), stop);
        return result with
        {
            Sockets = _sockets?.Opened,
            SocketsDropped = _sockets is null ? null : _sockets.Opened - _sockets.All.Open,
            ClosedByReason = await ClosedByReasonAsync(stop),
            Ledger = LedgerTotals.Of(settlement) with { Late = _late },
            Fsync = fsync,
            Notes = [.. result.Notes ?? [], .. settlement.Examples],
        };
    }

    public override async ValueTask DisposeAsync()
    {
        foreach (var companion in _companions)
        {
            await companion.DisposeAsync();
        }

        _catchUps?.Dispose();
        await base.DisposeAsync();
        await _people.DisposeAsync();
    }

    private async Task<IReadOnlyDictionary<string, double>?> ClosedByReasonAsync(CancellationToken stop)
    {
        if (_telemetry is null || await _preparation.Stack.TelemetryAsync(stop) is not { } now)
        {
            return null;
        }

        return now.Since(_telemetry).Services.Values.SelectMany(service => service.Counters)
            .Where(counter => counter.Key.StartsWith(Closed, StringComparison.Ordinal) && counter.Value > 0)
            .GroupBy(counter => counter.Key[Closed.Length..]).ToDictionary(group => group.Key, group => group.Sum(counter => counter.Value));
    }
}
