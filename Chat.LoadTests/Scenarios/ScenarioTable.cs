using Chat.LoadTests.Limits;
using Chat.LoadTests.Measuring;
using Chat.LoadTests.Results;
using Chat.LoadTests.Scenarios.Workloads;

namespace Chat.LoadTests.Scenarios;

/// <summary>All scenarios: their loads, their bars, and what the earlier system did under them. The one place where these stand.</summary>
internal static class ScenarioTable
{
    private const long Megabyte = 1024 * 1024;
    private const string Capacity = "capacity";

    /// <summary>The same load as that of the main phase, among fewer messages.</summary>
    private const string Few = "few";

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
            Bars = [P95("users", 50), NoErrors("users"), new("KB a list", r => r.BytesPerResponse / 1000, 30)],
            Limits = [KnownLimits.BareEndpoint],
            Earlier = "5 s and more",
        },
        new("push", "50 messages a second to rooms whose members are all online, from a replica to another's sockets")
        {
            Prepare = SendWorkload.Rooms,
            Sockets = 100,
            RoomSize = 100,
            Phases = [WarmUp(20), new("open", Seconds(30), 100) { Rate = 50 }, AtCapacity(50)],
            Bars =
            [
                new("push p95, ms", r => r.PushMs?.P95, 100, Strict: true), NoErrors("open"), Kept,
                new("sockets dropped", r => r.SocketsDropped, 0),
            ],
            Limits = [KnownLimits.BareHub, KnownLimits.BareHubFlooded, KnownLimits.RedisPublish],
            Earlier = "p50 649, p95 1,758, p99 1,841 ms with 1,984 sockets",
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
        new("file-list", "30, then 60 users list the files of a conversation with 100 images and 100 files, 50 a page")
        {
            Prepare = ReadWorkload.FileList,
            Phases = [WarmUp(60), new("thirty", Seconds(15), 30), new("users", Seconds(30), 60) { IsMain = true }, AtCapacity(60)],
            Bars = [P95("thirty", 50), P95("users", 50), NoErrors("users"), new("links from memory, share", r => r.LinksFromMemory, 0.99, AtLeast: true)],
            Limits = [KnownLimits.BareEndpoint],
            Earlier = "p50 2,878, p95 8,151 ms at 60 users",
        },
        new("media-open", "50, then 60 users open a conversation of images, 50 a page")
        {
            Prepare = ReadWorkload.MediaOpen,
            Phases = [WarmUp(60), new("fifty", Seconds(15), 50), new("users", Seconds(30), 60) { IsMain = true }, AtCapacity(60)],
            Bars = [P95("fifty", 50), P95("users", 50), NoErrors("users"), new("links from memory, share", r => r.LinksFromMemory, 0.99, AtLeast: true)],
            Limits = [KnownLimits.BareEndpoint],
            Earlier = "50 users: p50 6,454, p95 10,038 ms",
        },
        new("upload", "25, 50 and 100 users upload at once: 100 KB 40 %, 1 MB 30 %, 10 MB 20 %, 50 MB 10 %; a tenth is downloaded and compared")
        {
            Prepare = UploadWorkload.Mixed,
            LargestFile = 50 * Megabyte,
            Phases =
            [
                Uploading("twenty-five", 25), Uploading("fifty", 50), Uploading("users", 100) with { Duration = Seconds(20), IsMain = true },
            ],
            Bars =
            [
                P95("users", 5000), new("users: share accepted", r => 1 - r.Phase("users")?.ErrorShare(), 0.99, AtLeast: true),
                NoErrors("twenty-five"), NoErrors("fifty"),
            ],
            Limits = [KnownLimits.FileCopy],
            Earlier = "never run; single uploads 10 to 25 MB/s",
        },
        new("upload-100mb", "One user, then ten at once, upload 100 MB each")
        {
            Prepare = UploadWorkload.Largest,
            LargestFile = 100 * Megabyte,
            Phases =
            [
                new("one", Seconds(10), 1) { Think = ThinkTime.None, IsMain = true }, new("ten", Seconds(10), 10) { Think = ThinkTime.None },
            ],
            Bars =
            [
                NoErrors("one"), NoErrors("ten"),
                new(
                    "times a copy with fsync and SHA-256", r => 100 * r.PerSecond / r.Limits?.GetValueOrDefault(KnownLimits.FileCopy), 0.5, AtLeast: true),
            ],
            Limits = [KnownLimits.FileCopy],
            Earlier = "10 to 25 MB/s",
        },
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
    ];

    private static ThinkTime Human => ThinkTime.FromSeconds(2, 4);

    /// <summary>What was acknowledged, or due to be pushed, is there: once.</summary>
    private static Bar Kept => new("messages lost or doubled", r => r.Ledger is { } ledger ? ledger.Lost + ledger.Doubled + ledger.Wrong : null, 0);

    private static Phase[] Reading => [WarmUp(100), new("users", Seconds(30), 100), AtCapacity(100)];

    private static Phase[] FewThenMany =>
    [
        WarmUp(100) with { Name = "warm-up among few", Messages = 10_000 }, new(Few, Seconds(30), 100) { Messages = 10_000 },
        WarmUp(100), new("users", Seconds(30), 100) { IsMain = true },
    ];

    /// <summary>A page costs the same wherever it is.</summary>
    private static Bar[] AsAmongFew =>
    [
        P95("users", 50), NoErrors("users"),
        new("p95, times that among few", r => r.Phase("users")?.LatencyMs?.P95 / r.Phase(Few)?.LatencyMs?.P95, 2),
        new(
            "buffers a call, differing from those among few by",
            r => r.Phase("users")?.BuffersPerCall / r.Phase(Few)?.BuffersPerCall is { } times ? Math.Abs(times - 1) : null, 0.2),
    ];

    private static Phase WarmUp(int users, ThinkTime? think = null) =>
        new("warm-up", Seconds(5), users) { Think = think ?? ThinkTime.FromSeconds(0.05, 0.1), WarmUp = true };

    private static Phase Uploading(string name, int users) => new(name, Seconds(10), users) { Think = ThinkTime.FromSeconds(1, 3) };

    private static Phase AtCapacity(int users) => new(Capacity, Seconds(10), users) { Think = ThinkTime.None, Judged = false };

    private static Bar P95(string phase, double below) =>
        new($"{phase}: p95, ms", r => r.Phase(phase)?.LatencyMs?.P95, below, Strict: true);

    private static Bar NoErrors(string phase) => new($"{phase}: errors", r => r.Phase(phase) is { } p ? p.Errors + (p.Dropped ?? 0) : null, 0);

    private static TimeSpan Seconds(double seconds) => TimeSpan.FromSeconds(seconds);
}
