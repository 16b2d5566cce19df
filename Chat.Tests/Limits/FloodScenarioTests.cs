using Chat.LoadTests.Measuring;
using Chat.LoadTests.Scenarios;
using Chat.LoadTests.Scenarios.Workloads;
using Chat.LoadTests.Stacks;
using Chat.Tests.LoadTests;

namespace Chat.Tests.Limits;

/// <summary>The load test of one user's flood, in small, where limits are reached: that it measures, not what.</summary>
[Collection(LimitedCollection.Name)]
public sealed class FloodScenarioTests(LimitedApplication chat)
{
    [Fact]
    public async Task The_flood_is_refused_and_those_beside_it_are_not()
    {
        var table = ScenarioTable.All.Single(s => s.Name == "flood");
        var scenario = table with
        {
            Phases = [.. table.Phases.Where(p => p.Name is "calm 1" or "flood 1").Select(phase => phase with
            {
                Duration = TimeSpan.FromSeconds(1.5),
                Users = 5,
                Think = ThinkTime.FromSeconds(0.05, 0.1),
                Beside = phase.Beside.ToDictionary(load => load.Key, _ => 300.0),
            })],
        };

        await using var stack = await chat.StackAsync();
        var result = await new ScenarioRunner(stack, new RunOptions(), new Progress(TextWriter.Null, inPlace: false)).RunAsync(scenario, CancellationToken.None);

        Assert.All(result.Phases, phase => Assert.True(phase is { Accepted: > 0, Errors: 0 }, $"{phase}"));
        Assert.Null(result.Phase("calm 1")!.Beside);
        var flood = result.Phase("flood 1")!.Beside![MixedWorkload.Flood];
        Assert.Equal(["429"], flood.ErrorsByReason!.Keys);
        Assert.True(flood.Accepted > 0 && flood.RefusedShare() > 0, $"{flood}");
        Assert.NotNull(result.Bars.Single(bar => bar.Name.StartsWith("p95 beside", StringComparison.Ordinal)).Value);
    }

    [Theory]
    [InlineData(RateLimits.Off, "--RateLimits:Enabled=false")]
    [InlineData(RateLimits.High, "--RateLimits:Factor=100000")]
    [InlineData(RateLimits.On, null)]
    internal void A_private_stack_is_told_how_to_count(RateLimits limits, string? argument) =>
        Assert.Equal(argument is null ? [] : [argument], limits.Arguments());

    [Fact]
    public void All_scenarios_but_the_flood_ask_for_more_than_people_do_and_run_without_limits() => Assert.Equal(
        ["flood"], ScenarioTable.All.Where(scenario => scenario.RateLimits != RateLimits.Off).Select(scenario => scenario.Name));
}
