using Chat.LoadTests.Limits;
using Chat.LoadTests.Measuring;
using Chat.LoadTests.Results;
using Chat.LoadTests.Scenarios.Workloads;
using Chat.LoadTests.Sockets;
using static Chat.LoadTests.Scenarios.CommonBars;

namespace Chat.LoadTests.Scenarios;

/// <summary>The scenarios of sockets and pushes: <see cref="ScenarioTable"/> has them with the others.</summary>
internal static class RealtimeScenarios
{
    private const string Tested = "p50 649, p95 1,758, p99 1,841 ms with 1,984 sockets";
    private const int Pairs = 5;
    private const int SilentOfEach = 3;

    public static IReadOnlyList<Scenario> All { get; } =
    [
        new("sockets", "From none to 10,000 sockets of as many users, 200 connects a second, and on hold, ten messages a second to rooms of 100")
        {
            Prepare = SendWorkload.Rooms,
            Sockets = 10_000,
            ConnectsPerSecond = 200,
            RoomSize = 100,
            Phases =
            [
                Hold(500), Hold(1_000), Hold(2_000), Hold(5_000),
                Hold(10_000) with { Duration = Seconds(300), IsMain = true },
            ],
            Bars =
            [
                new("sockets failed or dropped", r => r.Phase("10,000")?.Sockets is { } s ? s.Failed + s.Dropped : null, 0),
                new("connect p95, ms", r => r.Phase("10,000")?.Sockets?.ConnectMs?.P95, 1_000, Strict: true),
                // Ten a second for 300 s into 100 rooms: some 30 each.
                new("KB of the server's memory each, after 20 pushes and more", r => r.Phase("10,000")?.Sockets?.KbEach, 42),
                PushP95("10,000", 100), NoErrors("10,000"), Kept,
            ],
            Earlier = "connect p95 652 / 783 / 1,758 ms at 500 / 1,000 / 2,000 sockets; 16 of 2,000 failed",
        },
        new("push", "A calm system: 50 messages a second to one room of 100 whose members are all online, from a replica to another's sockets")
        {
            Prepare = SendWorkload.Rooms,
            Sockets = 100,
            RoomSize = 100,
            Replicas = 2,
            Phases = [WarmUp(20), new("open", Seconds(30), 100) { Rate = 50 }],
            Bars = [PushP95("open", 15), NoErrors("open"), Kept, NoneDropped],
            Limits = [KnownLimits.RedisPublish],
            Earlier = Tested,
        },
        new("push-rooms", "A calm system with 10,000 sockets in rooms of 20: 50 messages a second, from a replica to another's sockets")
        {
            Prepare = SendWorkload.Rooms,
            Sockets = 10_000,
            RoomSize = 20,
            Replicas = 2,
            Phases = [WarmUp(20), new("open", Seconds(30), 500) { Rate = 50 }],
            Bars = [PushP95("open", 15), NoErrors("open"), Kept, NoneDropped],
            Earlier = Tested,
        },
        new("push-load", "10,000 sockets, each in a room of 10 and a room of 100: 900 messages a second to the former, 100 to the latter")
        {
            Prepare = SendWorkload.SmallAndLargeRooms,
            Sockets = 10_000,
            RoomSize = 10,
            Replicas = 2,
            Phases = [WarmUp(200), new("open", Seconds(60), 500) { Rate = 1_000 }],
            Bars =
            [
                PushP95("open", 100), NoErrors("open"), Kept, NoneDropped,
                new("deliveries a second", r => r.Phase("open")?.DeliveriesPerSecond, 18_500, AtLeast: true),
            ],
            Earlier = Tested + "; 6 to 10 msg/s at most",
        },
        new("fan-out", "As many deliveries as there can be: 50 senders without a pause in rooms of 100, each waiting for the echo")
        {
            Prepare = SendWorkload.Rooms,
            Sockets = 1_000,
            RoomSize = 100,
            Phases = [WarmUp(50), new("capacity", Seconds(20), 50) { Think = ThinkTime.None }],
            Bars =
            [
                new("deliveries a second", r => r.DeliveriesPerSecond, 100_000, AtLeast: true),
                new("times the bare hub's", r => r.Ratio(KnownLimits.BareHub), 0.6, AtLeast: true),
                NoErrors("capacity"), Kept, NoneDropped,
            ],
            Limits = [KnownLimits.BareHub, KnownLimits.BareHubFlooded],
        },
        new("storm", "A node dies with 10,000 sockets; all of them come back to the other, while 100 messages a second are sent")
        {
            Prepare = SendWorkload.Rooms,
            Sockets = 10_000,
            RoomSize = 20,
            Replicas = 2,
            OnOneNode = true,
            ReturnsWithin = ReturnPolicy.FirstSpread,
            Phases =
            [
                WarmUp(50), new("before", Seconds(10), 200) { Rate = 100 },
                new("storm", Seconds(60), 200) { Rate = 100, Kills = "realtime", IsMain = true },
            ],
            Bars =
            [
                new("all whole after, s", r => r.Phase("storm")?.Storm?.WholeAfterS, 60),
                new("lost for good", r => r.Phase("storm")?.Storm is { } s ? s.Lost - s.Returned : null, 0),
                new("realtime's statements for 100 that come back", r => r.Phase("storm") is { Storm.Returned: > 0 } p ? p.RealtimeStatements * 100.0 / p.Storm.Returned : null, 1),
                P95("storm", 200), NoErrors("storm"), Kept, NoneDropped,
            ],
        },
        new("silent-clients", "200 messages a second to a room of 200, in turns without and with three clients that read nothing")
        {
            Prepare = SendWorkload.OneRoom,
            Sockets = 200,
            Phases = [WarmUp(50), .. Enumerable.Range(1, Pairs).SelectMany(Pair)],
            Bars =
            [
                new("push p95 with them, times that without (medians)", r => MedianPush(r, "with ") / MedianPush(r, "without "), 1.5),
                new("of them closed", r => r.Phases.Sum(p => p.Silent?.Closed ?? 0), Pairs * SilentOfEach, AtLeast: true),
                new("the last of them closed after, s", r => r.Phases.Max(p => p.Silent?.LastAfterS), 10),
                new("counted as too slow", r => r.ClosedByReason?.GetValueOrDefault("tooSlow"), Pairs * SilentOfEach, AtLeast: true),
                Kept, NoneDropped,
            ],
        },
        new("soak", "Fifteen minutes: 2,000 sockets in rooms of 20, 100 messages a second, memory and handles watched")
        {
            Prepare = SendWorkload.Rooms,
            Sockets = 2_000,
            RoomSize = 20,
            Replicas = 2,
            Phases = [WarmUp(50), new("soak", Seconds(900), 200) { Rate = 100, Sampled = true }],
            Bars =
            [
                new("memory grown by, % (the service that grew most)", r => Grown(r, g => g.ToMb / g.FromMb), 10),
                new("handles grown by, % (the service that grew most)", r => Grown(r, g => (double)g.ToHandles / g.FromHandles), 5),
                PushP95("soak", 100), NoErrors("soak"), Kept, NoneDropped,
            ],
        },
    ];

    private static Bar NoneDropped => new("sockets dropped", r => r.SocketsDropped, 0);

    private static Bar PushP95(string phase, double below) => new($"{phase}: push p95, ms", r => r.Phase(phase)?.PushMs?.P95, below, Strict: true);

    /// <summary>One sender in each room that is open.</summary>
    private static Phase Hold(int sockets) => new($"{sockets:#,0}", Seconds(15), sockets / 100) { Rate = 10, Sockets = sockets };

    private static Phase[] Pair(int n) =>
    [
        new($"without {n}", Seconds(10), 100) { Rate = 200 }, new($"with {n}", Seconds(10), 100) { Rate = 200, Silent = SilentOfEach },
    ];

    private static double? MedianPush(RunResult result, string beginning)
    {
        double[] p95 = [.. result.Phases.Where(p => p.Name.StartsWith(beginning, StringComparison.Ordinal)).Select(p => p.PushMs?.P95 ?? 0).Order()];
        return p95.Length == 0 ? null : p95[p95.Length / 2];
    }

    private static double? Grown(RunResult result, Func<GrowthResult, double> times) => result.Phase("soak")?.Growth?
        .Where(g => g.Key.StartsWith("api", StringComparison.Ordinal) || g.Key.StartsWith("realtime", StringComparison.Ordinal)
            || g.Key.StartsWith("worker", StringComparison.Ordinal))
        .Select(g => (double?)((times(g.Value) - 1) * 100)).DefaultIfEmpty(null).Max();
}
