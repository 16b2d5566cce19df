using Chat.LoadTests.Measuring;
using Chat.LoadTests.Results;
using Chat.LoadTests.Scenarios;
using Chat.Tests.Support;

namespace Chat.Tests.LoadTests;

/// <summary>Every scenario, in small, on the whole application: that it measures, not what.</summary>
[Collection(ChatCollection.Name)]
public sealed class ScenarioTests(ChatApplication chat)
{
    public static TheoryData<string> Scenarios => [.. ScenarioTable.All.Select(scenario => scenario.Name)];

    [Theory]
    [MemberData(nameof(Scenarios))]
    public async Task A_scenario_runs_from_the_seeding_to_the_result(string name)
    {
        var scenario = Small(ScenarioTable.All.Single(s => s.Name == name));

        var result = await RunAsync(scenario, CancellationToken.None);

        Assert.Equal(scenario.Phases.Where(p => !p.WarmUp).Select(p => p.Name), result.Phases.Select(p => p.Name));
        Assert.All(result.Phases, phase => Assert.True(phase is { Accepted: > 0, Errors: 0 }, $"{phase}"));
        Assert.Equal(scenario.Bars.Select(b => b.Name), result.Bars.Select(b => b.Name));
        Assert.True(result.Fsync);
        Assert.True(result.Ledger is null or { Lost: 0, Doubled: 0, Wrong: 0 }, $"{result.Ledger}");
        Assert.True(result.Clicks is null or { Known: > 0, Wrong: 0, Differing: 0, Queued: 0 }, $"{result.Clicks}");
        Assert.All(result.Bars.Where(bar => bar.Name.StartsWith("clicks", StringComparison.Ordinal)), bar => Assert.True(bar.Met, $"{bar}"));
        Assert.Equal(scenario.Sockets > 0, result.Ledger is { Due: > 0 });
        Assert.Equal(scenario.Sockets > 0, result.PushMs is not null);
        Assert.All(result.Bars.Where(bar => IsSize(bar.Name)), bar => Assert.True(bar.Met, $"{bar}"));
        Assert.Null(result.Interrupted);
        Assert.Equal(scenario.Sockets > 0 ? 0 : null, result.SocketsDropped);
        Assert.All(result.Phases, phase => Assert.Equal(phase.Silent?.Count ?? 0, scenario.Phases.Single(p => p.Name == phase.Name).Silent));
        Assert.All(result.Phases, phase => Assert.True(phase.Storm is null or { Lost: 50, Returned: 50, WholeAfterS: > 0 }, $"{phase.Storm}"));
        Assert.Equal(scenario.Phases.Any(p => p.Sampled), result.Phases.Any(p => p.Growth is { Count: > 0 }));
    }

    [Fact]
    public async Task Those_who_were_away_page_through_what_they_missed_or_load_anew_as_they_are_told()
    {
        var scenario = Small(ScenarioTable.All.Single(s => s.Name == "changes")) with { Messages = 150 };

        var result = await RunAsync(scenario with { Phases = [scenario.Main] }, CancellationToken.None);

        Assert.Equal(["changes", "reload"], result.Phases[0].Endpoints!.Keys.Order());
    }

    [Fact]
    public async Task A_run_that_is_broken_off_tells_what_was_measured_until_then()
    {
        using var stop = new CancellationTokenSource();
        var scenario = ScenarioTable.All.Single(s => s.Name == "send-ten");
        scenario = Small(scenario) with { Phases = [new Phase("users", TimeSpan.FromMinutes(10), 5) { Think = ThinkTime.None }, scenario.Phases[^1]] };
        var terminal = new Watch("  users:", () => stop.CancelAfter(TimeSpan.FromMilliseconds(300)));

        var result = await RunAsync(scenario, stop.Token, terminal);

        Assert.True(result.Interrupted);
        Assert.Equal("users", Assert.Single(result.Phases).Name);
        Assert.True(result.Accepted > 0);
        Assert.True(result.Ledger is { Lost: 0, Wrong: 0 });
    }

    /// <summary>What does not depend on how much is asked for, nor on who else is at work.</summary>
    private static bool IsSize(string bar) => bar.StartsWith("buffers", StringComparison.Ordinal) || bar.StartsWith("KB a list", StringComparison.Ordinal);

    private static Scenario Small(Scenario scenario) => new RunOptions { Factor = 0.1 }.Apply(scenario) with
    {
        // Of those that come in pairs, two.
        Phases = [.. scenario.Phases.Where(p => !p.WarmUp).Take(5).Select((phase, n) => phase with
        {
            Sockets = phase.Sockets is null ? null : Math.Min(25 * (n + 1), 50),
            Duration = TimeSpan.FromSeconds(0.8),
            Users = Math.Min(phase.Users, 10),
            UsersBefore = phase.UsersBefore is null ? null : 0,
            Messages = phase.Messages is null ? null : 100,
            Members = phase.Members is { } members ? Math.Min(members, 60) : null,
            Beside = phase.Beside.ToDictionary(load => load.Key, _ => 10.0),
            Think = phase.Think == ThinkTime.None ? ThinkTime.None : ThinkTime.FromSeconds(0.01, 0.02),
        })],
        Sockets = Math.Min(scenario.Sockets, 50),
        ReturnsWithin = scenario.ReturnsWithin is null ? null : TimeSpan.FromSeconds(0.5),
        RoomSize = 5,
        LargestFile = Math.Min(scenario.LargestFile, 200_000),
        Messages = Math.Min(scenario.Messages, 500),
        Limits = [],
    };

    private async Task<RunResult> RunAsync(Scenario scenario, CancellationToken stop, TextWriter? terminal = null)
    {
        await using var stack = await chat.StackAsync();
        return await new ScenarioRunner(stack, new RunOptions(), new Progress(terminal ?? TextWriter.Null, inPlace: false)).RunAsync(scenario, stop);
    }

    /// <summary>Does something when a line begins in a certain way.</summary>
    private sealed class Watch(string beginning, Action then) : StringWriter
    {
        public override void WriteLine(string? value)
        {
            if (value?.StartsWith(beginning, StringComparison.Ordinal) == true)
            {
                then();
            }
        }
    }
}
