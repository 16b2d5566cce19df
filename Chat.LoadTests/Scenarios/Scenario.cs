using Chat.LoadTests.Results;
using Chat.LoadTests.Stacks;

namespace Chat.LoadTests.Scenarios;

/// <summary>What is asked of the system, by how many, and what has to come of it. All of them stand in <see cref="ScenarioTable"/>.</summary>
internal sealed record Scenario(string Name, string Summary)
{
    /// <summary>Makes what the scenario needs, and the users who will act.</summary>
    public required Func<Preparation, CancellationToken, Task<Workload>> Prepare { get; init; }

    /// <summary>One after another.</summary>
    public required IReadOnlyList<Phase> Phases { get; init; }

    /// <summary>Of at most 100 users: with its p95 the other phases are compared for the verdict.</summary>
    public string? BaselinePhase { get; init; }

    public IReadOnlyList<Bar> Bars { get; init; } = [];

    /// <summary>The limits to measure beside it, by name.</summary>
    public IReadOnlyList<string> Limits { get; init; } = [];

    /// <summary>What the system that Chat replaces did under this load, with four API processes and a machine of its own.</summary>
    public string? Earlier { get; init; }

    /// <summary>How many sockets are open while it runs.</summary>
    public int Sockets { get; init; }

    /// <summary>How fast sockets are opened, at most.</summary>
    public int ConnectsPerSecond { get; init; } = 500;

    /// <summary>Whether all sockets are on the first realtime node; else they are spread evenly.</summary>
    public bool OnOneNode { get; init; }

    /// <summary>Over how much time clients that are cut off at one moment spread their return, unless the server says; null: they stay away.</summary>
    public TimeSpan? ReturnsWithin { get; init; }

    /// <summary>Replicas of the API and of the realtime service that a private stack has, unless told otherwise.</summary>
    public int Replicas { get; init; } = 1;

    /// <summary>Members of each conversation, where sockets are spread over as many as it takes.</summary>
    public int RoomSize { get; init; } = 100;

    /// <summary>Messages of which a conversation that is read has to exist before.</summary>
    public int Messages { get; init; }

    /// <summary>Bytes of the largest file that is uploaded.</summary>
    public long LargestFile { get; init; }

    /// <summary>Conversations that messages go to, for the limit that writes to as many.</summary>
    public int Conversations { get; init; } = 1;

    /// <summary>How a private stack for it counts requests, unless the command line says otherwise.</summary>
    public RateLimits RateLimits { get; init; } = RateLimits.Off;

    /// <summary>What a private stack for it is told beside, as arguments of <c>run.sh</c>.</summary>
    public IReadOnlyList<string> Settings { get; init; } = [];

    /// <summary>The worker is killed before anybody acts.</summary>
    public bool WithoutWorker { get; init; }

    public Phase Main => Phases.FirstOrDefault(phase => phase.IsMain) ?? Phases.First(phase => !phase.WarmUp);

    /// <summary>The most users that act at once.</summary>
    public int Users => Phases.Max(phase => Math.Max(phase.Users, phase.UsersBefore ?? 0));
}
