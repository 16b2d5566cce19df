using Chat.LoadTests.Limits;
using Chat.LoadTests.Measuring;
using Chat.LoadTests.Scenarios.Workloads;
using static Chat.LoadTests.Scenarios.CommonBars;

namespace Chat.LoadTests.Scenarios;

/// <summary>All scenarios: their loads, their bars, and what the earlier system did under them. The one place where these stand.</summary>
internal static partial class ScenarioTable
{
    private const string Capacity = "capacity";

    /// <summary>The same load as that of the main phase, among fewer messages.</summary>
    private const string Few = "few";

    /// <summary>The same senders, without and with those who read.</summary>
    private const string Calm = "calm";

    private const string Storm = "storm";

    public static IReadOnlyList<Scenario> All { get; } =
    [
        new("send-one", "50 users send into one conversation of 100 members")
        {
            Prepare = SendWorkload.OneConversationOf(100),
            Phases = [WarmUp(50), new("users", Seconds(30), 50), AtCapacity(50), new("open", Seconds(10), 100) { Rate = 1000 }],
            Bars =
            [
                P95("users", 100), NoErrors("users"),
                new("open at 1,000/s: share accepted", r => 1 - r.Phase("open")?.ErrorShare(), 1, AtLeast: true), P95("open", 100),
                Kept,
            ],
            Limits = [KnownLimits.BareEndpoint, KnownLimits.Pgbench, KnownLimits.PgbenchOneTrip, KnownLimits.RedisPublish],
            Earlier = "p95 10,001 ms, 42.3 % timeouts, 5.5 msg/s",
        },
        new("send-ten", "50 users send into ten conversations of ten members")
        {
            Prepare = SendWorkload.Conversations(10, 10),
            Conversations = 10,
            Phases = [WarmUp(50), new("users", Seconds(30), 50), AtCapacity(50)],
            Bars = [P95("users", 50), NoErrors("users"), Kept],
            Limits = [KnownLimits.BareEndpoint, KnownLimits.Pgbench, KnownLimits.PgbenchOneTrip],
            Earlier = "p50 1,732, p95 3,947, p99 5,230 ms, 21 msg/s",
        },
        new("throughput", "People: a message each 2 to 4 s, from nobody to 50, holding, then 200 at once")
        {
            Prepare = SendWorkload.Conversations(10, 20),
            Conversations = 10,
            Phases =
            [
                WarmUp(20), new("ramp", Seconds(30), 50) { UsersBefore = 0, Think = Human },
                new("hold", Seconds(90), 50) { Think = Human, IsMain = true },
                new("spike", Seconds(30), 200) { Think = Human },
                new("lone", Seconds(15), 1) { Think = ThinkTime.FromSeconds(0.1, 0.2) },
                AtCapacity(50),
            ],
            BaselinePhase = "hold",
            Bars =
            [
                P95("hold", 50), P95("spike", 50), NoErrors("hold"), NoErrors("spike"), Kept,
                new("a lone message, p50 ms", r => r.Phase("lone")?.LatencyMs?.P50, 5, Strict: true),
                new("slowest statement, p95 ms", r => r.Statements?.Values.Max(s => s.P95Ms), 20, Strict: true),
                new("slowest statement, mean ms", r => r.Statements?.Values.Max(s => s.MeanMs), 5, Strict: true),
            ],
            Limits = [KnownLimits.BareEndpoint, KnownLimits.Pgbench, KnownLimits.PgbenchOneTrip],
            Earlier = "p50 486 ms, p95 8 s; the spike timed out",
        },
        new("send-limit", "As many messages as there can be, into 100 conversations")
        {
            Prepare = SendWorkload.Conversations(100, 10),
            Conversations = 100,
            Phases = [WarmUp(256, ThinkTime.None) with { Duration = Seconds(15) }, new("users", Seconds(30), 256) { Think = ThinkTime.None }],
            Bars =
            [
                new("acknowledged a second", r => r.PerSecond, 5000, AtLeast: true), NoErrors("users"), Kept,
                new("times pgbench", r => r.Ratio(KnownLimits.Pgbench), 2, AtLeast: true),
                new("times the bare endpoint", r => r.Ratio(KnownLimits.BareEndpoint), 0.25, AtLeast: true),
            ],
            Limits = [KnownLimits.BareEndpoint, KnownLimits.Pgbench, KnownLimits.PgbenchOneTrip],
            Earlier = "6 to 10 msg/s at most",
        },
        new("history", "100 users read pages of 50 messages, half of them the latest")
        {
            Prepare = ReadWorkload.History,
            Messages = 10_000,
            Phases = Reading,
            Bars =
            [
                P95("users", 50), NoErrors("users"),
                new("KB a page", r => r.BytesPerResponse / 1000, 40),
            ],
            Limits = [KnownLimits.BareEndpoint],
            Earlier = "83 ms; with reactions p95 12,680 ms and 805 KB a page",
        },
        new("page-back", "100 users page backwards through a conversation, up to five pages of 50")
        {
            Prepare = ReadWorkload.PageBack,
            Messages = 10_000,
            Phases = Reading,
            Bars = [P95("users", 50), NoErrors("users")],
            Limits = [KnownLimits.BareEndpoint],
            Earlier = "20 users: p50 1,363, p95 3,979 ms",
        },
        new("conversation-list", "100 users, each in 100 conversations of 100 members, list the latest 50")
        {
            Prepare = ReadWorkload.ConversationList,
            Phases = Reading,
            Bars =
            [
                P95("users", 50), NoErrors("users"), new("KB a list", r => r.BytesPerResponse / 1000, 30),
                new("statements a list", r => r.Phase("users")?.StatementsPerCall, 2),
            ],
            Limits = [KnownLimits.BareEndpoint],
            Earlier = "5 s and more",
        },
        new("conversation-list-large", "10 users list the latest 50 of 100 conversations: first of 10 members each, then others of 1,000")
        {
            Prepare = ReadWorkload.ConversationListBySize,
            Phases =
            [
                WarmUp(10) with { Name = "warm-up among few", Members = 10 }, new(Few, Seconds(20), 10) { Members = 10 },
                WarmUp(10) with { Members = 1_000 }, new("users", Seconds(20), 10) { Members = 1_000, IsMain = true },
            ],
            BaselinePhase = Few,
            Bars = AsAmongFew,
            Earlier = "5 s and more with 100 members",
        },
        new("read-storm", "20 users send into a conversation of 120, alone, and while the other 100 read five times a second each")
        {
            Prepare = SendWorkload.WithReaders,
            Sockets = 120,
            Phases =
            [
                WarmUp(120), new(Calm, Seconds(20), 20) { Think = FiveASecond }, new(Storm, Seconds(30), 120) { Think = FiveASecond, IsMain = true },
            ],
            Bars =
            [
                new("send p95, times that without readers", r => Send(r, Storm)?.P95 / Send(r, Calm)?.P95, 2),
                P95(Storm, 50), NoErrors(Calm), NoErrors(Storm), Kept,
                new("rows inserted beside messages and their changes", r => r.Phase(Storm)?.RowsBesideMessages, 0),
                new("share of members' rows updated in place", r => r.Phase(Storm)?.CursorWritesInPlace, 0.9, AtLeast: true),
            ],
        },
        new("changes", "100 users, each away for 1,000 messages and back: page after page, or, after longer, the latest page anew")
        {
            Prepare = ReadWorkload.Changes,
            Messages = 1_000,
            RoomSize = 10,
            Phases = Reading,
            Bars = [P95("users", 50), NoErrors("users")],
            Limits = [KnownLimits.BareEndpoint],
        },
        .. Clicks,
        new("history-million", "As history: first a conversation of 10,000 messages, then one of 1,000,000")
        {
            Prepare = ReadWorkload.History,
            Messages = 1_000_000,
            Phases = FewThenMany,
            BaselinePhase = Few,
            Bars = AsAmongFew,
        },
        new("page-back-million", "As page-back: first a conversation of 10,000 messages, then one of 1,000,000")
        {
            Prepare = ReadWorkload.PageBack,
            Messages = 1_000_000,
            Phases = FewThenMany,
            BaselinePhase = Few,
            Bars = AsAmongFew,
        },
        MixedApi,
        Flood,
        .. FileScenarios.All,
        .. RealtimeScenarios.All,
        BrowserScenario.Browser,
    ];
}
