using Chat.LoadTests.Limits;
using Chat.LoadTests.Results;
using Chat.LoadTests.Scenarios.Users;
using Chat.LoadTests.Scenarios.Workloads;
using Chat.LoadTests.Stacks;
using static Chat.LoadTests.Scenarios.CommonBars;

namespace Chat.LoadTests.Scenarios;

/// <summary>Those in which people do different things at once.</summary>
internal static partial class ScenarioTable
{
    private static Scenario MixedApi => new("mixed-api", "100 users do all that one does; beside them 5 people a second register, then 5 a second sign in, then both")
    {
        Prepare = MixedWorkload.WithSignIns,
        Phases =
        [
            // Until it is compiled as well as it will be.
            WarmUp(100) with { Duration = Seconds(30), Beside = SigningIn(MixedWorkload.Registers, MixedWorkload.Logins) }, new("alone", Seconds(15), 100),
            new("registrations", Seconds(30), 100) { Beside = SigningIn(MixedWorkload.Registers) },
            new("logins", Seconds(30), 100) { IsMain = true, Beside = SigningIn(MixedWorkload.Logins) },
            new("both", Seconds(15), 100) { Beside = SigningIn(MixedWorkload.Registers, MixedWorkload.Logins) },
        ],
        Bars =
        [
            .. MixedUser.Endpoints.Select(endpoint => new Bar(
                $"{endpoint}: p95, ms",
                r => new[] { "registrations", "logins", "both" }.Max(phase => r.Phase(phase)?.Endpoints?.GetValueOrDefault(endpoint)?.P95), 50, Strict: true)),
            NoErrors("alone"), NoErrors("registrations"), NoErrors("logins"), NoErrors("both"),
            .. WithinHalfASecond("both", MixedWorkload.Registers), .. WithinHalfASecond("both", MixedWorkload.Logins),
        ],
        Limits = [KnownLimits.BareEndpoint],
    };

    private static Scenario Flood => new("flood", "50 users, now alone, now beside one who asks 1,000 times a second; with the limits on")
    {
        Prepare = MixedWorkload.WithFlood,
        RateLimits = RateLimits.On,
        Phases =
        [
            // Until what answers a flood is compiled as well as it will be.
            WarmUp(50) with { Duration = Seconds(15), Beside = Flooding },
            new("calm 1", Seconds(8), 50), new("flood 1", Seconds(8), 50) { Beside = Flooding },
            new("calm 2", Seconds(8), 50), new("flood 2", Seconds(8), 50) { Beside = Flooding },
            new("calm 3", Seconds(8), 50), new("flood 3", Seconds(8), 50) { Beside = Flooding, IsMain = true },
        ],
        Bars =
        [
            new("p95 beside the flood, times that without (medians)", r => MedianP95(r, "flood") / MedianP95(r, "calm"), 1.5),
            NoErrors("flood 1"), NoErrors("flood 2"), NoErrors("flood 3"),
            new("of the flood, share refused", r => Beside(r, "flood 2", MixedWorkload.Flood)?.RefusedShare(), 0.85, AtLeast: true),
        ],
    };

    /// <summary>Five a second of each: a password's hash takes 0.05 to 0.1 s of a core.</summary>
    private static Dictionary<string, double> SigningIn(params string[] loads) => loads.ToDictionary(load => load, _ => 5.0);

    private static Bar[] WithinHalfASecond(string phase, string load) =>
    [
        new($"{load}: p95, ms", r => Beside(r, phase, load)?.LatencyMs?.P95, 500, Strict: true),
        new($"{load}: errors", r => Beside(r, phase, load) is { } beside ? beside.Errors + beside.Dropped : null, 0),
    ];

    private static Dictionary<string, double> Flooding => new() { [MixedWorkload.Flood] = 1_000 };

    private static BesideResult? Beside(RunResult result, string phase, string load) => result.Phase(phase)?.Beside?.GetValueOrDefault(load);

    private static double? MedianP95(RunResult result, string kind)
    {
        var sorted = result.Phases.Where(phase => phase.Name.StartsWith(kind, StringComparison.Ordinal)).Select(phase => phase.LatencyMs?.P95).Order().ToArray();
        return sorted.Length == 0 ? null : sorted[sorted.Length / 2];
    }
}
