using Chat.LoadTests.Measuring;
using Chat.LoadTests.Scenarios;

namespace Chat.LoadTests.Results;

/// <summary>What came of one phase.</summary>
/// <param name="DurationS">From its first call to its last answer.</param>
/// <param name="Rate">Arrivals a second that an open load was to bring.</param>
/// <param name="Accepted">Calls that got the answer they were made for.</param>
/// <param name="Errors">Calls that did not.</param>
/// <param name="Dropped">Arrivals of an open load that never began, since too many waited already.</param>
/// <param name="Late">Arrivals that began more than 20 ms after they were due.</param>
/// <param name="PerSecond">Accepted calls a second.</param>
/// <param name="BytesPerResponse">Mean bytes of the accepted answers, headers included.</param>
/// <param name="Generator">What this process itself took, and how late it was.</param>
internal sealed record PhaseResult(
    string Name, double DurationS, int Users, string? Think, double? Rate, long Accepted, long Errors, long? Dropped, long? Late,
    double PerSecond, Latencies? LatencyMs, double? BytesPerResponse, IReadOnlyDictionary<string, long>? ErrorsByReason,
    IReadOnlyDictionary<string, Latencies>? Endpoints, GeneratorUse Generator)
{
    /// <summary>From the moment a message was due to be sent until a recipient had it.</summary>
    public Latencies? PushMs { get; init; }

    public double? DeliveriesPerSecond { get; init; }

    /// <summary>The loads beside it, by name.</summary>
    public IReadOnlyDictionary<string, BesideResult>? Beside { get; init; }

    /// <summary>Buffers of Postgres (8 KB each) that the statement behind the reading looked at, cached or not, each time it ran.</summary>
    public double? BuffersPerCall { get; init; }

    /// <summary>What became of the sockets until its end.</summary>
    public SocketsResult? Sockets { get; init; }

    public SilentResult? Silent { get; init; }

    public StormResult? Storm { get; init; }

    /// <summary>Per process, what it held early in the phase and at its end.</summary>
    public IReadOnlyDictionary<string, GrowthResult>? Growth { get; init; }

    /// <summary>How many statements the realtime service sent to the database; only of the main phase.</summary>
    public long? RealtimeStatements { get; init; }

    /// <summary>Statements of the application that Postgres ran, for each call that got its answer; the worker's now and then are among them.</summary>
    public double? StatementsPerCall { get; init; }

    /// <summary>Rows inserted beside messages and their changes.</summary>
    public long? RowsBesideMessages { get; init; }

    /// <summary>Members' rows updated, by sending and by reading, and the share of those that stayed in their page.</summary>
    public long? CursorWrites { get; init; }

    public double? CursorWritesInPlace { get; init; }

    /// <summary>Entries of the indexes on reactions, and rows, that were looked at for each call, whoever looked.</summary>
    public double? ReactionsReadPerCall { get; init; }

    /// <summary>Pushes a second of the message that had the most, to one who looks on.</summary>
    public double? PushesPerMessage { get; init; }

    /// <summary>CPU of all processes under load, stores included, for each call that got its answer, in milliseconds.</summary>
    public double? ServerCpuMsPerCall { get; init; }

    /// <summary>What somebody at a browser saw of it.</summary>
    public BrowserResult? Browser { get; init; }

    /// <summary>Of all calls that were due, the share that did not succeed: 0 to 1.</summary>
    public double ErrorShare() => Accepted + Errors + (Dropped ?? 0) is > 0 and var due ? (double)(due - Accepted) / due : 0;

    public static PhaseResult Of(Phase phase, Recorder recorder, OpenLoad? open, TimeSpan duration, TimeSpan cpu, Histogram lag) => new(
        phase.Name, Math.Round(duration.TotalSeconds, 2), phase.Users, open is null ? phase.Think.ToString() : null, phase.Rate,
        recorder.Accepted, recorder.Errors, open?.Dropped, open?.Late,
        Math.Round(recorder.Accepted / duration.TotalSeconds, 1), Latencies.Of(recorder.Latency),
        recorder.Accepted == 0 ? null : Math.Round((double)recorder.Bytes / recorder.Accepted),
        recorder.Errors == 0 ? null : new SortedDictionary<string, long>(recorder.ErrorsByReason.ToDictionary()),
        recorder.Endpoints.Count < 2 ? null : recorder.Endpoints.ToDictionary(e => e.Key, e => Latencies.Of(e.Value.Latency)!),
        new GeneratorUse(Math.Round(cpu.TotalSeconds, 2), Latencies.Of(lag)));
}

/// <param name="CpuS">Seconds of CPU.</param>
/// <param name="LagMs">By how much a timer in this process went off late. Latencies of this order are the generator's own.</param>
internal sealed record GeneratorUse(double CpuS, Latencies? LagMs);
