using Chat.LoadTests.Limits;
using Chat.LoadTests.Measuring;
using Chat.LoadTests.Results;
using Chat.LoadTests.Scenarios.Workloads;
using static Chat.LoadTests.Scenarios.CommonBars;

namespace Chat.LoadTests.Scenarios;

/// <summary>Reactions and votes.</summary>
internal static partial class ScenarioTable
{
    private static Scenario[] Clicks =>
    [
        new("reactions-write", "100 users react with five of ten emoji at a time, or take them back, on 200 messages")
        {
            Prepare = ClickWorkload.Reactions(messages: 200, atATime: 5),
            Phases =
            [
                WarmUp(50), new("to 50", Seconds(15), 50) { UsersBefore = 0 }, new("to 100", Seconds(15), 100) { UsersBefore = 50 },
                new("users", Seconds(30), 100) { IsMain = true },
                new(ClickWorkload.Lone, Seconds(15), 1) { Think = ThinkTime.FromSeconds(0.3, 0.6) },
                AtCapacity(100),
            ],
            Bars =
            [
                P95("users", 50), NoErrors("to 50"), NoErrors("to 100"), NoErrors("users"), Counted,
                new("a lone click is seen by another, p95 ms", r => r.Phase(ClickWorkload.Lone)?.PushMs?.P95, 300, Strict: true),
            ],
            Limits = [KnownLimits.BareEndpoint, KnownLimits.PgbenchOneTrip],
            Earlier = "p95 2,340, p99 2,980 ms",
        },
        new("reactions-read", "50 users read a page of 50 messages, each with 100 reactions of ten emoji")
        {
            Prepare = ReactionPages.Prepare,
            Phases = [WarmUp(50), new("users", Seconds(30), 50), AtCapacity(50)],
            Bars =
            [
                P95("users", 50), NoErrors("users"), new("KB a page", r => r.BytesPerResponse / 1000, 60),
                new("reactions read a page: the reader's own 50, of 5,000", r => r.Phase("users")?.ReactionsReadPerCall, 55),
            ],
            Limits = [KnownLimits.BareEndpoint],
            Earlier = "p95 12,680 ms, 805 KB a page",
        },
        new("reaction-storm", "200 users click on one message without a pause")
        {
            Prepare = ClickWorkload.Reactions(messages: 1, atATime: 1),
            Phases = [WarmUp(200, ThinkTime.None), new("users", Seconds(20), 200) { Think = ThinkTime.None }],
            Bars =
            [
                new("accepted a second", r => r.PerSecond, 2_000, AtLeast: true), NoErrors("users"), Counted,
                new("pushes a second", r => r.Phase("users")?.PushesPerMessage, 5),
            ],
            Limits = [KnownLimits.BareEndpoint, KnownLimits.PgbenchOneTrip],
        },
        new("poll-vote", "Up to 100 users vote in two polls, change their minds and withdraw; then 100 votes at once")
        {
            Prepare = ClickWorkload.Votes,
            Phases =
            [
                WarmUp(10), new("to 10", Seconds(5), 10) { UsersBefore = 0 }, new("to 30", Seconds(10), 30) { UsersBefore = 10 },
                new("to 50", Seconds(10), 50) { UsersBefore = 30 }, new("to 100", Seconds(10), 100) { UsersBefore = 50 },
                new("users", Seconds(30), 100) { IsMain = true }, new("at once", TimeSpan.Zero, 100) { Think = ThinkTime.None },
                AtCapacity(100),
            ],
            Bars = [P95("users", 50), NoErrors("users"), NoErrors("at once"), Counted],
            Limits = [KnownLimits.BareEndpoint],
            Earlier = "p50 814, p95 2,250, p99 2,550 ms",
        },
    ];

    /// <summary>Every click that was acknowledged is there once, and messages show what is there.</summary>
    private static Bar Counted => new(
        "clicks lost, doubled or miscounted", r => r.Clicks is { } clicks ? clicks.Wrong + clicks.Differing + clicks.Queued : null, 0);
}
