using System.Text.Json;
using System.Text.Json.Serialization;
using Chat.LoadTests.Ledgers;

namespace Chat.LoadTests.Results;

/// <summary>
/// The result of a run, as it is written to a file; docs/performance.md says how to read it. What does not apply is left out. The
/// figures at the top are those of the scenario's main phase; all of them stand in <see cref="Phases"/>.
/// </summary>
internal sealed record RunResult
{
    public required string Scenario { get; init; }
    public Verdict Verdict { get; init; }
    public double DurationS { get; init; }
    public int Users { get; init; }
    public int? Sockets { get; init; }

    /// <summary>That could not be opened, or were closed before the end.</summary>
    public int? SocketsDropped { get; init; }

    /// <summary>How many times the scenario's own load this was.</summary>
    public double Factor { get; init; } = 1;
    /// <summary>Connections that ended during the run, by the reason that the realtime service gave them.</summary>
    public IReadOnlyDictionary<string, double>? ClosedByReason { get; init; }
    public string? Think { get; init; }
    public double? Rate { get; init; }
    public long Accepted { get; init; }
    public long Errors { get; init; }
    public long? Dropped { get; init; }
    public double PerSecond { get; init; }
    public double? DeliveriesPerSecond { get; init; }
    public Latencies? LatencyMs { get; init; }

    /// <summary>From the moment a message was due to be sent until a recipient had it.</summary>
    public Latencies? PushMs { get; init; }
    public double? BytesPerResponse { get; init; }

    /// <summary>What the machine can do at most, each measured in this run.</summary>
    public IReadOnlyDictionary<string, double>? Limits { get; init; }

    /// <summary>The result as a part of each limit.</summary>
    public IReadOnlyDictionary<string, double>? Ratios { get; init; }
    public LedgerTotals? Ledger { get; init; }

    /// <summary>Reactions and votes that were acknowledged, compared with those that are there and with what messages show.</summary>
    public ClickTotals? Clicks { get; init; }
    public IReadOnlyDictionary<string, ProcessResources>? Resources { get; init; }

    /// <summary>Per statement, as its client sees it.</summary>
    public IReadOnlyDictionary<string, StatementTimes>? Statements { get; init; }

    /// <summary>Of the links to files on a page, the share that had been signed before, on average: the cache's hit ratio, 0 to 1.</summary>
    public double? LinksFromMemory { get; init; }

    /// <summary>Links to files that were signed while a page waited, during the main phase.</summary>
    public double? LinksSigned { get; init; }

    /// <summary>Whether Postgres was durable: fsync, full_page_writes and synchronous_commit all on.</summary>
    public bool? Fsync { get; init; }

    /// <summary>Whether the services were sending telemetry, and it arrived.</summary>
    public bool? Telemetry { get; init; }
    public IReadOnlyList<BarResult> Bars { get; init; } = [];
    public IReadOnlyList<PhaseResult> Phases { get; init; } = [];

    /// <summary>What a reader must know: what could not be measured, what the ledger found.</summary>
    public IReadOnlyList<string>? Notes { get; init; }

    /// <summary>Broken off by hand.</summary>
    public bool? Interrupted { get; init; }
    public required RunEnvironment Environment { get; init; }

    public PhaseResult? Phase(string name) => Phases.FirstOrDefault(p => p.Name == name);

    public double? Ratio(string limit) => Ratios?.TryGetValue(limit, out var ratio) == true ? ratio : null;

    public string ToJson() => JsonSerializer.Serialize(this, RunResultJson.Default.RunResult);
}

/// <summary>What became of each message for each recipient: <see cref="Settlement"/>.</summary>
internal sealed record LedgerTotals(long Due, long Received, long Lost, long Doubled, long Reordered, long Late, long Wrong)
{
    public static LedgerTotals Of(Settlement s) => new(s.Due, s.Received, s.Lost, s.Doubled, s.Reordered, s.Late, s.Wrong);
}

/// <param name="Known">Things that somebody clicked on: an emoji of a message, a poll.</param>
/// <param name="Stored">Reactions and votes in the database.</param>
/// <param name="Wrong">Those that are lost, doubled or other than was acknowledged.</param>
/// <param name="Differing">Messages whose counts are not what the rows are.</param>
/// <param name="Queued">What was still to be counted half a minute after the end.</param>
internal sealed record ClickTotals(long Known, long Stored, long Wrong, long Differing, long Queued);

/// <param name="CpuS">Seconds of CPU during the main phase.</param>
/// <param name="RssMb">Memory at its end; of several processes that share some, shared memory is counted once.</param>
internal sealed record ProcessResources(double CpuS, double RssMb);

/// <param name="Calls">During the run.</param>
internal sealed record StatementTimes(long Calls, double MeanMs, double P95Ms);

/// <summary>Where it was measured. The generator runs on the same cores.</summary>
internal sealed record RunEnvironment(DateTimeOffset At, int Cores, double MemoryGb, string Os, string Runtime, int Seed, string Stack)
{
    /// <summary>Whether requests were counted, and how many were granted.</summary>
    public string? RateLimits { get; init; }
}

[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web, WriteIndented = true, UseStringEnumConverter = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(RunResult))]
internal sealed partial class RunResultJson : JsonSerializerContext;
