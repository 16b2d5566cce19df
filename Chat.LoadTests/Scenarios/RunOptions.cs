using Chat.LoadTests.Measuring;

namespace Chat.LoadTests.Scenarios;

/// <summary>What was asked for at the command line. What is null is as the scenario has it.</summary>
internal sealed record RunOptions
{
    public TimeSpan? Duration { get; init; }
    public int? Users { get; init; }
    public int? Sockets { get; init; }
    public int? RoomSize { get; init; }
    public int? Messages { get; init; }
    public ThinkTime? Think { get; init; }
    public double? Rate { get; init; }

    /// <summary>Multiplies the scenario's users, sockets and rates.</summary>
    public double Factor { get; init; } = 1;
    public int Seed { get; init; } = 1;

    /// <summary>What is under load, in a word.</summary>
    public string Stack { get; init; } = "local";

    /// <summary>
    /// The scenario as it was asked for. Duration, users, think time and rate are the main phase's; with any of the last three the
    /// other phases, whose loads are the scenario's own, are left out.
    /// </summary>
    public Scenario Apply(Scenario scenario)
    {
        var own = Users is not null || Think is not null || Rate is not null;
        var phases = scenario.Phases.Where(phase => !own || phase.WarmUp || phase == scenario.Main).Select(phase => phase with
        {
            Duration = !phase.WarmUp && Duration is { } duration && (own || phase == scenario.Main) ? duration : phase.Duration,
            Users = Users ?? Scaled(phase.Users),
            UsersBefore = own ? null : phase.UsersBefore is { } before ? (int)(before * Factor) : null,
            Think = Think ?? phase.Think,
            Rate = Rate ?? phase.Rate * Factor,
            Sockets = phase.Sockets is { } sockets ? Math.Min((int)(sockets * Factor), Sockets ?? int.MaxValue) : null,
            Beside = phase.Beside.ToDictionary(load => load.Key, load => load.Value * Factor),
        });
        return scenario with
        {
            Phases = [.. phases],
            Sockets = Sockets ?? (int)(scenario.Sockets * Factor),
            RoomSize = RoomSize ?? scenario.RoomSize,
            Messages = Messages ?? scenario.Messages,
        };
    }

    private int Scaled(int users) => Math.Max(1, (int)Math.Round(users * Factor));
}
